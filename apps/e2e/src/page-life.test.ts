import { fileURLToPath } from 'node:url'
import type { Browser, CDPSession, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'
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
