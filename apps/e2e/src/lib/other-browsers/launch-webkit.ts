import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { DrivenBrowser } from './driven-browser.ts'
import { drivenUntil, end, endWithUs } from './started-process.ts'
import { openWebDriverSession } from './webdriver-session.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!(address instanceof Object)) throw new Error('The system gave no port.')
  return address.port
}

/** A display that nobody sees: WebKitGTK cannot do without one. Picks a free number by itself. */
async function startDisplay(): Promise<{ readonly server: ChildProcess; readonly display: string }> {
  const server = spawn(process.env['XVFB_PATH'] ?? '/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  endWithUs(server)
  const ended = once(server, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with ${code}.`)))
  const [number] = await Promise.race([once(server.stdout, 'data'), ended])
  ended.catch(() => {})
  return { server, display: `:${String(number).trim()}` }
}

/** WebKitGTK's MiniBrowser: the engine of Safari, as far as it runs outside macOS. */
export async function launchWebkit(): Promise<DrivenBrowser> {
  const { server, display } = await startDisplay()
  const port = await freePort()
  const driver = spawn(process.env['WEBKIT_DRIVER_PATH'] ?? '/usr/bin/WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display },
  })
  endWithUs(driver)
  const stop = async (): Promise<void> => {
    await end(driver)
    await end(server)
  }
  return drivenUntil(stop, () => openWebDriverSession(`http://127.0.0.1:${port}`))
}
