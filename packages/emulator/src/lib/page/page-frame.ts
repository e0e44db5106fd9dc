import type { CosReply } from '../exchange/cos-reply.ts'
import { textReply } from '../local/local-reply.ts'
import { html, type Html, type HtmlPart } from './html.ts'

// No script, nothing from elsewhere, and no other page may frame it.
const SECURITY = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

export interface Crumb {
  readonly label: string
  /** `null`: the page itself. */
  readonly url: string | null
}

function crumbs(trail: readonly Crumb[]): Html | null {
  if (trail.length === 0) return null
  const items = trail.map(({ label, url }) =>
    url === null ? html`<li><span aria-current="page">${label}</span></li>` : html`<li><a href="${url}">${label}</a></li>`,
  )
  return html`<nav aria-label="Where you are">
    <ol class="crumbs">
      <li><a href="/">Emulator</a></li>
      ${items}
    </ol>
  </nav>`
}

/** One page of the emulator, whole. @param title also the heading */
export function pageReply(status: number, title: string, trail: readonly Crumb[], content: HtmlPart): CosReply {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Cosdrop emulator</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_cosdrop/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="bar">
          <a class="home" href="/">Cosdrop emulator</a><span class="muted">A local COS. Nothing here leaves this machine.</span>
        </header>
        <main id="main">
          ${crumbs(trail)}
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `
  return textReply(status, 'text/html; charset=utf-8', page.markup, SECURITY)
}
