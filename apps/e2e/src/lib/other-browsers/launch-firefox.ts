import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openBidiSession } from './bidi-session.ts'
import type { DrivenBrowser } from './driven-browser.ts'
import { drivenUntil, end, endWithUs } from './started-process.ts'

/**
 * The Firefox that people use, by the protocol that it speaks itself. Not by Playwright: what that asks for the Firefox of stable systems (140) does not
 * know yet.
 */
export async function launchFirefox(): Promise<DrivenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'cosdrop-firefox-'))
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0']
  const firefox = spawn(process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  endWithUs(firefox)
  const stop = async (): Promise<void> => {
    await end(firefox)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  return drivenUntil(stop, async () => {
    const url = await new Promise<string>((resolve, reject) => {
      firefox.once('error', reject).once('exit', () => reject(new Error('Firefox ended before it could be driven.')))
      createInterface(firefox.stderr).on('line', (line) => {
        const [, listening] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? []
        if (listening !== undefined) resolve(listening)
      })
    })
    return openBidiSession(`${url}/session`)
  })
}
