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

it('keeps nothing of files that were taken out while prepare is at others for ever', async () => {
  const comeAndGo = (times: number): Promise<void> =>
    page.evaluate(async (rounds) => {
      const [uploader = window.pageLife.create('http://127.0.0.1:1/', { prepare: () => new Promise(() => {}) })] = window.pageLife.uploaders
      const given = Array.from({ length: 5_000 }, (_, at) => new File(['x'], `${at}.bin`))
      if (uploader.getSnapshot().ids.length === 0) uploader.add(given.slice(0, 3))
      for (let time = 0; time < rounds; time += 1) {
        const ids = uploader.add(given)
        await new Promise((resolve) => setTimeout(resolve, 30))
        for (const id of ids) uploader.remove(id)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    }, times)
  await comeAndGo(1)
  const before = await heap()
  await comeAndGo(10)
  expect((await heap()) - before).toBeLessThan(1_000_000)
})

it('keeps nothing of files that were taken out while others wait in a queue that stands', async () => {
  const comeAndGo = (times: number): Promise<void> =>
    page.evaluate(async (rounds) => {
      const [uploader = window.pageLife.create('http://127.0.0.1:1/', { concurrency: 1, transport: () => new Promise(() => {}) })] =
        window.pageLife.uploaders
      const given = Array.from({ length: 5_000 }, (_, at) => new File(['x'], `${at}.bin`))
      if (uploader.getSnapshot().ids.length === 0) {
        uploader.add(given.slice(0, 3))
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      for (let time = 0; time < rounds; time += 1) {
        const ids = uploader.add(given)
        await new Promise((resolve) => setTimeout(resolve, 30))
        for (const id of ids) uploader.remove(id)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    }, times)
  await comeAndGo(1)
  const before = await heap()
  await comeAndGo(10)
  expect((await heap()) - before).toBeLessThan(1_000_000)
})
