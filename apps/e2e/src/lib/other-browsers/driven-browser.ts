import type { PageChecks } from './page/main.ts'

/** A real browser with one tab that shows our page. */
export interface DrivenBrowser {
  /** Name and version as the browser itself tells them. */
  readonly version: string
  /** Loads the page anew. */
  readonly open: (url: string) => Promise<void>
  /** Calls `window.runCheck`: JSON in, JSON out, so that all ways to drive a browser hand over the same. */
  readonly call: (name: string, input: string) => Promise<string>
  /** Chooses a file of the disk in the page's file input, as a person does. */
  readonly choose: (path: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Calls one of the page's functions, in the page. */
export async function runCheck<Name extends keyof PageChecks>(
  browser: DrivenBrowser,
  name: Name,
  input: Parameters<PageChecks[Name]>[0] | null,
): Promise<Awaited<ReturnType<PageChecks[Name]>>> {
  return JSON.parse(await browser.call(name, JSON.stringify(input)))
}
