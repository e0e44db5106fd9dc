import { createPostPolicy } from '@cosdrop/server'
import { fileURLToPath } from 'node:url'
import type { Browser, CDPSession, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { startEchoServices } from './lib/echo-services.ts'
import { servePage, type ServedPage } from './lib/serve-page.ts'

let browser: Browser
let served: ServedPage
beforeAll(async () => {
  served = await servePage(fileURLToPath(new URL('./lib/page-life/page', import.meta.url)))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  served.close()
})

let page: Page
let devtools: CDPSession
beforeEach(async () => {
  const context = await browser.newContext()
  page = await context.newPage()
  devtools = await context.newCDPSession(page)
  await page.goto(served.url)
  return () => context.close()
})

const pass = (files: number, times: number): Promise<void> =>
  page.evaluate(([count, rounds]) => window.pageLife.pass(count, rounds), [files, times] as const)

/** Bytes of the page's JavaScript, after what nobody holds is gone. */
async function heap(): Promise<number> {
  for (let time = 0; time < 3; time += 1) await devtools.send('HeapProfiler.collectGarbage')
  return (await devtools.send('Runtime.getHeapUsage')).usedSize
}

async function living(kind: string): Promise<number> {
  const { result } = await devtools.send('Runtime.evaluate', { expression: `${kind}.prototype` })
  const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' })
  const counted = await devtools.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  })
  return Number(counted.result.value)
}

it('keeps nothing of 50,000 files that came and went', async () => {
  await pass(10_000, 1)
  const before = await heap()
  await pass(10_000, 5)
  expect((await heap()) - before).toBeLessThan(1_000_000)
})

it('holds no file that was taken out, though nobody looks at the list again', async () => {
  await pass(100, 1)
  await heap()
  expect(await living('File')).toBe(0)
})

it.each(['prepare is at others for ever', 'others wait in a queue that stands'])(
  'keeps nothing of files that were taken out while %s',
  async (where) => {
    const comeAndGo = (times: number): Promise<void> =>
      page.evaluate(
        async ([rounds, prepares]) => {
          const never = (): Promise<never> => new Promise(() => {})
          const standing = prepares ? { prepare: never } : { concurrency: 1, transport: never }
          const [uploader = window.pageLife.create('http://127.0.0.1:1/', standing)] = window.pageLife.uploaders
          const given = Array.from({ length: 5_000 }, (_, at) => new File(['x'], `${at}.bin`))
          const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
          if (uploader.getSnapshot().ids.length === 0) uploader.add(given.slice(0, 3))
          await rest(500)
          for (let time = 0; time < rounds; time += 1) {
            const ids = uploader.add(given)
            await rest(30)
            for (const id of ids) uploader.remove(id)
            await rest(30)
          }
        },
        [times, where.startsWith('prepare')] as const,
      )
    await comeAndGo(1)
    const before = await heap()
    await comeAndGo(10)
    expect((await heap()) - before).toBeLessThan(1_000_000)
  },
)

it('judges failures as ever though the network was gone at the first of them: Chromium asks no more for what it could not load once', async () => {
  const echo = await startEchoServices()
  onTestFinished(() => echo.close())
  const bucket = { bucket: 'examplebucket-1250000000', region: 'ap-guangzhou' }
  const { fields } = createPostPolicy({ ...bucket, key: 'a', size: { max: 10 } }).sign({ secretId: 'AKID', secretKey: 'key' })
  const upload = (query: string): Promise<string> =>
    page.evaluate(
      ([url, signed]) => {
        const posts = [{ url, fields: signed, expiresAt: '2026-01-01T01:00:00Z' }]
        const uploader = window.pageLife.create(url, { policy: () => Promise.resolve({ serverTime: '2026-01-01T00:00:00Z', posts }) })
        const ended = new Promise<string>((resolve) =>
          uploader.onEvent((event) => {
            if (event.type === 'upload-failed') resolve(event.item.error.code)
            else if (event.type === 'upload-succeeded' || event.type === 'upload-retried') resolve(event.type)
          }),
        )
        uploader.add([new File(['x'], 'a')])
        return ended
      },
      [`${echo.echoUrl}/?${query}`, fields] as const,
    )
  expect(await upload('')).toBe('upload-succeeded')
  const parts = '**/assets/**'
  await page.route(parts, (route) => route.abort())
  expect(await upload('reset=1')).toBe('outcome-unknown')
  await page.unroute(parts)
  expect(await upload('status=503')).toBe('upload-retried')
})
