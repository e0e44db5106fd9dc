import { chromiumLaunch } from '@cosdrop/e2e/chromium'
import { servePage } from '@cosdrop/e2e/serve-page'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import { browserRests, keepNetworkOnOneCore } from './browser-processes.ts'
import { openQuietTab, type BenchTab } from './quiet-tab.ts'

export interface BenchBrowser {
  /** A new page with `window.bench` on it, gone when the work is done. */
  readonly withPage: <Result>(work: (page: Page) => Promise<Result>) => Promise<Result>
  /** The same in a tab that nobody listens to: for what is measured in time. */
  readonly withTab: <Result>(work: (tab: BenchTab) => Promise<Result>) => Promise<Result>
  /** Resolves when nothing is under way any more. */
  readonly rests: () => Promise<void>
  /** From now on: less like a visitor's browser, and far less left to chance. */
  readonly keepNetworkOnOneCore: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The pages as a user's build makes them, in a real Chromium, from an origin that is not the storage's. */
export async function startBenchBrowser(): Promise<BenchBrowser> {
  const served = await servePage(fileURLToPath(new URL('../pages', import.meta.url)))
  // precise-memory-info: without it the heap's figures are rounded by up to 10 %.
  const browser = await chromium.launch({ ...chromiumLaunch, args: [...chromiumLaunch.args, '--enable-precise-memory-info'] })
  const session = await browser.newBrowserCDPSession()
  return {
    async withPage(work) {
      const page = await browser.newPage()
      page.on('pageerror', (error) => console.log(`  in the page: ${error.message}`))
      try {
        await page.goto(served.url)
        await page.waitForFunction(() => 'bench' in window)
        return await work(page)
      } finally {
        await page.close()
      }
    },
    async withTab(work) {
      const tab = await openQuietTab(browser, served.url)
      try {
        while ((await tab.evaluate("'bench' in window")) !== true) await setTimeout(20)
        return await work(tab)
      } finally {
        await tab.close()
      }
    },
    rests: () => browserRests(session),
    keepNetworkOnOneCore: () => keepNetworkOnOneCore(session),
    async close() {
      await browser.close()
      served.close()
    },
  }
}
