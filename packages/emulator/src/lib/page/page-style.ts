/** The page's style sheet. Tokens and manner are the uploader's own: one neutral scale, one accent, state colours for state alone. */
export const PAGE_STYLE = `:root {
  color-scheme: light;
  --accent: oklch(0.54 0.2 262); --accent-soft: oklch(0.965 0.018 262);
  --back: oklch(0.962 0.004 262); --surface: #fff; --raised: oklch(0.985 0.002 262);
  --line: oklch(0.915 0.005 262); --line-strong: oklch(0.66 0.012 262);
  --text: oklch(0.24 0.015 262); --muted: oklch(0.49 0.015 262);
  --good: oklch(0.47 0.125 155); --good-soft: oklch(0.965 0.03 155);
  --warn: oklch(0.5 0.12 70); --warn-soft: oklch(0.97 0.035 85);
  --bad: oklch(0.5 0.2 25); --bad-soft: oklch(0.97 0.018 25);
  --mono: ui-monospace, "JetBrains Mono", "SFMono-Regular", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --accent: oklch(0.76 0.13 262); --accent-soft: oklch(0.27 0.045 262);
    --back: oklch(0.15 0.006 262); --surface: oklch(0.195 0.008 262); --raised: oklch(0.225 0.009 262);
    --line: oklch(0.305 0.011 262); --line-strong: oklch(0.55 0.014 262);
    --text: oklch(0.94 0.005 262); --muted: oklch(0.73 0.012 262);
    --good: oklch(0.8 0.14 155); --good-soft: oklch(0.27 0.04 155);
    --warn: oklch(0.83 0.12 80); --warn-soft: oklch(0.28 0.04 75);
    --bad: oklch(0.77 0.14 25); --bad-soft: oklch(0.28 0.05 25);
  }
}
*, *::before, *::after { box-sizing: border-box; margin: 0; }
body { background: var(--back); color: var(--text); font: 400 14px/20px Inter, system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
a { color: var(--accent); text-decoration-color: color-mix(in oklab, currentColor 35%, transparent); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; inset: -100px auto auto 12px; padding: 8px 12px; background: var(--surface); border-radius: 8px; }
.skip:focus { top: 12px; }
.bar { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 14px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
.home { font-weight: 600; color: var(--text); text-decoration: none; }
.muted { color: var(--muted); font-size: 13px; }
main { max-width: 1040px; margin: 0 auto; padding: 24px; display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; }
.crumbs { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 8px; font-size: 13px; overflow-wrap: anywhere; }
.crumbs li + li::before { content: "/"; color: var(--line-strong); margin-inline-end: 8px; }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.panel > header { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; padding: 10px 16px; background: var(--raised); border-bottom: 1px solid var(--line); }
.panel > header .end { margin-inline-start: auto; font-size: 13px; }
.rows { list-style: none; padding: 0; }
.rows > li { padding: 10px 16px; display: grid; gap: 2px 12px; grid-template-columns: minmax(0, 1fr); }
.rows > li + li { border-top: 1px solid var(--line); }
.name { font-weight: 500; overflow-wrap: anywhere; }
.meta { display: flex; flex-wrap: wrap; margin-inline-start: -18px; clip-path: inset(-4px -4px -4px 13px); color: var(--muted); font-size: 13px; line-height: 18px; overflow-wrap: anywhere; }
/* A target of 24 px without a taller line. */
.meta a { padding-block: 3px; margin-block: -3px; display: inline-block; }
.meta > * { position: relative; padding-inline-start: 18px; }
.meta > *::before { content: "·"; position: absolute; inset-inline-start: 7px; color: var(--line-strong); }
.rows > .request { grid-template-columns: 116px minmax(0, 1fr); align-items: start; }
.request > .state { grid-row: 1 / span 3; }
.request > :not(.state) { grid-column: 2; }
.state { display: inline-flex; align-items: center; justify-self: start; height: 22px; padding: 0 8px; border-radius: 6px; font-size: 12px; font-weight: 550; white-space: nowrap; }
.state.good { color: var(--good); background: var(--good-soft); } .state.bad { color: var(--bad); background: var(--bad-soft); } .state.warn { color: var(--warn); background: var(--warn-soft); }
.why { margin-top: 6px; padding: 10px 12px; border-radius: 8px; background: var(--bad-soft); display: grid; gap: 4px; font-size: 13px; line-height: 18px; overflow-wrap: anywhere; }
.why.warn { background: var(--warn-soft); }
.why p { max-width: 80ch; text-wrap: pretty; }
.why .fix { font-weight: 550; }
.facts { display: grid; padding: 4px 16px; }
.facts > div { display: grid; grid-template-columns: minmax(120px, 260px) minmax(0, 1fr); gap: 2px 14px; padding: 6px 0; font-size: 13px; }
.facts > div + div { border-top: 1px solid var(--line); }
.facts dt { color: var(--muted); overflow-wrap: anywhere; }
.facts dd { overflow-wrap: anywhere; }
.rows .facts, .why .facts { padding: 0; } .why .facts > div { grid-template-columns: 48px minmax(0, 1fr); padding: 2px 0; border: 0; }
code, .mono { font: 500 12px/18px var(--mono); letter-spacing: -.02em; overflow-wrap: anywhere; }
.chip { display: inline-block; padding: 0 6px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); color: var(--text); font-size: 12px; line-height: 18px; }
.empty { padding: 28px 16px; text-align: center; color: var(--muted); }
.more { padding: 10px 16px; border-top: 1px solid var(--line); font-size: 13px; }
@media (max-width: 620px) {
  main { padding: 16px 12px; }
  .rows > .request, .facts > div { grid-template-columns: minmax(0, 1fr); }
  .request > .state, .request > :not(.state) { grid-column: 1; grid-row: auto; }
}
@media (forced-colors: active) { .state, .chip, .why { border: 1px solid; } }
@media print { .skip { display: none; } }
`
