import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { startEchoServices, type EchoServices, type SeenPosts } from './lib/echo-services.ts'
import { servePage, type ServedPage } from './lib/serve-page.ts'

let browser: Browser
let served: ServedPage
let isolated: ServedPage
let echo: EchoServices
beforeAll(async () => {
  const root = fileURLToPath(new URL('./lib/service-workers/page', import.meta.url))
  served = await servePage(root)
  // https://web.dev/articles/coop-coep: for SharedArrayBuffer.
  isolated = await servePage(root, { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' })
  echo = await startEchoServices()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await echo.close()
  served.close()
  isolated.close()
})

let page: Page
/** A page of its own that has that worker, in a browser that has no other. */
const openBehind = (script: string, from = () => served) =>
  beforeEach(async () => {
    const context = await browser.newContext()
    page = await context.newPage()
    await page.goto(from().url)
    await page.evaluate((name) => window.behindWorker.install(name), script)
    return () => context.close()
  })
const upload = (url: string, bytes: number): Promise<string> =>
  page.evaluate(([to, size]) => window.behindWorker.upload(to, size), [url, bytes] as const)
const seen = async (id: string, until: string): Promise<SeenPosts> => (await fetch(`${echo.echoUrl}/seen?id=${id}&until=${until}`)).json()

describe('behind a service worker that hands requests on, so that Chromium tells no progress', () => {
  openBehind('/passing.js')

  it.each([5, 8_000_000])('a file of %d bytes whose reply was lost is not sent again by itself', async (bytes) => {
    const id = `lost-${bytes}`
    expect(await upload(`${echo.echoUrl}/?id=${id}&reset=1`, bytes)).toBe('outcome-unknown')
    expect((await seen(id, 'body')).posts).toBe(1)
  })

  it('an upload that takes a minute is not given up, and shows that nobody can tell how far it is', async () => {
    let ended: string | null = null
    void upload(`${echo.echoUrl}/?id=slow&hold=1`, 5).then(
      (how) => (ended = how),
      () => {},
    )
    await seen('slow', 'body')
    expect(await page.evaluate(() => window.behindWorker.progress())).toBe('bytes')
    await page.evaluate(() => window.behindWorker.pass(60))
    // A reply that was given up is heard of after a look at the file.
    await page.waitForTimeout(300)
    expect(ended).toBeNull()
    expect(await page.evaluate(() => window.behindWorker.progress())).toBe('unknown')
    await page.evaluate(() => window.behindWorker.pass(120))
    await expect.poll(() => ended).toBe('outcome-unknown')
  })
})

describe('behind such a worker in an isolated page, which cannot look whether there is a way to storage', () => {
  openBehind('/passing.js', () => isolated)

  it('a file whose reply was lost is not sent again by itself, either', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    const ended = page.evaluate((to) => window.behindWorker.upload(to, 5, true), `${echo.echoUrl}/?id=isolated&reset=1`)
    expect(await ended).toBe('outcome-unknown')
  })
})

describe('behind a service worker that answers itself where the network does not', () => {
  openBehind('/offline.js')

  it.each(['page', 'empty'])('a file of which no byte went out is not called stored: %s', async (kind) => {
    expect(await upload(`http://127.0.0.1:1/${kind}/`, 5)).toBe('reply-malformed')
  })
})

/** Takes an upload, and then no more. */
async function startOnce() {
  let silent = false
  const server = createServer((request, response) => {
    if (silent) return
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Max-Age', '0').setHeader('Connection', 'close')
    request.resume().on('end', () => response.writeHead(204).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(close)
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`, close, fallSilent: () => (silent = true) }
}

describe('behind a service worker that keeps all replies of storage, which the browser does for no POST', () => {
  openBehind('/keeping.js')

  it('a file that is stored is not sent again by itself, and the bucket is not blamed', async () => {
    const ended = page.evaluate((to) => window.behindWorker.upload(to, 5, true), `${echo.echoUrl}/?id=kept`)
    expect(await ended).toBe('outcome-unknown')
    expect((await seen('kept', 'body')).posts).toBe(1)
  })
})

describe('behind a service worker for notifications, that no request goes through', () => {
  openBehind('/push.js')

  it('a file of which no byte went out is tried again, as without one', async () => {
    const { url, close } = await startOnce()
    expect(await upload(url, 8_000_000)).toBe('success')
    close()
    expect(await upload(url, 8_000_000)).toBe('network')
  })

  it('an upload of which nothing goes out is given up in time', async () => {
    const { url, fallSilent } = await startOnce()
    expect(await upload(url, 8_000_000)).toBe('success')
    fallSilent()
    void page.evaluate((to) => {
      void window.behindWorker.upload(to, 8_000_000).then((how) => (document.title = how))
    }, url)
    await page.waitForTimeout(1_500)
    // Three tries, the later ones four times as long.
    for (const seconds of [60, 180, 180]) {
      await page.evaluate((passed) => window.behindWorker.pass(passed), seconds)
      await page.waitForTimeout(300)
    }
    expect(await page.title()).toBe('stalled')
  })
})
