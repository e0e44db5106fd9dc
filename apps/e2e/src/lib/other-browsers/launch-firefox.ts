import { firefox } from 'playwright'
import type { DrivenBrowser } from './driven-browser.ts'

/** The Firefox that people use, not Playwright's own build of it: `moz-firefox` speaks WebDriver BiDi. */
export async function launchFirefox(): Promise<DrivenBrowser> {
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr' })
  const page = await browser.newPage()
  return {
    version: `Firefox ${browser.version()}`,
    async open(url) {
      await page.goto(url)
    },
    call: (name, input) => page.evaluate(([check, given]) => window.runCheck(check, given), [name, input] as const),
    choose: (path) => page.setInputFiles('input[type=file]', path),
    close: () => browser.close(),
  }
}
