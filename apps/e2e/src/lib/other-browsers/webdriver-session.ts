import { setTimeout as wait } from 'node:timers/promises'
import type { DrivenBrowser } from './driven-browser.ts'

const SCRIPT_TIMEOUT = 110_000

interface NewSession {
  readonly sessionId: string
  readonly capabilities: { readonly browserName: string; readonly browserVersion: string }
}

/** One command of https://www.w3.org/TR/webdriver2/. */
async function command<Value>(method: 'POST' | 'DELETE', url: string, body?: unknown): Promise<Value> {
  const reply = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const { value } = JSON.parse(await reply.text())
  if (!reply.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`)
  return value
}

/** A driver says nowhere that it listens. */
async function answering(driverUrl: string): Promise<void> {
  for (let tries = 100; ; tries--) {
    try {
      await fetch(`${driverUrl}/status`)
      return
    } catch (error) {
      if (tries === 0) throw error
      await wait(50)
    }
  }
}

/** Drives the browser that a WebDriver server starts by itself. */
export async function openWebDriverSession(driverUrl: string): Promise<DrivenBrowser> {
  await answering(driverUrl)
  const { sessionId, capabilities } = await command<NewSession>('POST', `${driverUrl}/session`, { capabilities: {} })
  const session = `${driverUrl}/session/${sessionId}`
  await command('POST', `${session}/timeouts`, { script: SCRIPT_TIMEOUT })
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    async open(url) {
      await command('POST', `${session}/url`, { url })
      // WebKit's driver may answer before the page's scripts have run.
      const script = 'return document.readyState'
      while ((await command('POST', `${session}/execute/sync`, { script, args: [] })) !== 'complete') await wait(50)
    },
    call: (name, input) => command('POST', `${session}/execute/sync`, { script: 'return window.runCheck(...arguments)', args: [name, input] }),
    async choose(path) {
      const found = await command<Readonly<Record<string, string>>>('POST', `${session}/element`, {
        using: 'css selector',
        value: 'input[type=file]',
      })
      // https://www.w3.org/TR/webdriver2/#elements: an object of one entry.
      for (const id of Object.values(found)) await command('POST', `${session}/element/${id}/value`, { text: path })
    },
    close: () => command('DELETE', session),
  }
}
