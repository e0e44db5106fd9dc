import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openBidiSession } from './bidi-session.ts'
import type { DrivenBrowser } from './driven-browser.ts'

/**
 * The Firefox that people use, by the protocol that it speaks itself. Not by Playwright: what that asks for the Firefox of stable systems (140) does not
 * know yet.
 */
export async function launchFirefox(): Promise<DrivenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'cosdrop-firefox-'))
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0']
  const firefox = spawn(process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const kill = (): void => void firefox.kill()
  process.once('exit', kill)
  const ended = once(firefox, 'exit').catch(() => {})
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    kill()
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const url = await new Promise<string>((resolve, reject) => {
      firefox.once('error', reject).once('exit', () => reject(new Error('Firefox ended before it could be driven.')))
      createInterface(firefox.stderr).on('line', (line) => {
        const [, listening] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? []
        if (listening !== undefined) resolve(listening)
      })
    })
    const session = await openBidiSession(`${url}/session`)
    return {
      ...session,
      async close() {
        await session.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
