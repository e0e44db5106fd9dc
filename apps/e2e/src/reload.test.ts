import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { BUCKETS } from '@cosdrop/dev-server'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { listVersions, type StoredVersion } from './lib/faults/list-versions.ts'
import { startFaultyServices, type FaultyServices } from './lib/faults/start-faulty-services.ts'
import { startRudeProxy, type RudeProxy } from './lib/reload/rude-proxy.ts'
import { servePage, type ServedPage } from './lib/serve-page.ts'
import { temporaryFile, type TemporaryFile } from './lib/temporary-file.ts'

const NO_FAULTS = 0
const patience = { timeout: 30_000 }
let browser: Browser
let served: ServedPage
let services: FaultyServices
let proxy: RudeProxy
let chosen: readonly TemporaryFile[]
beforeAll(async () => {
  served = await servePage(fileURLToPath(new URL('./lib/reload/page', import.meta.url)))
  services = await startFaultyServices(NO_FAULTS)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await services.close()
  served.close()
})

let page: Page
beforeEach(async ({ task }) => {
  proxy = await startRudeProxy(services.cosUrl)
  chosen = [100_000, 30_000_000, 100_000].map((size, at) => temporaryFile(`${task.id} ${at}.bin`, size))
  page = await browser.newPage()
  await page.goto(served.url)
  await open()
  await page.setInputFiles(
    'input',
    chosen.map(({ path }) => path),
  )
  return async () => {
    await page.close()
    await proxy.close()
    for (const file of chosen) file.remove()
  }
})

const open = () => {
  const { policyUrl, confirmUrl } = services
  return page.evaluate((urls) => window.reloads.open(urls), { policyUrl, confirmUrl, action: `${proxy.url}/${BUCKETS.plain}/` })
}
const statuses = async (): Promise<readonly string[]> => (await page.evaluate(() => window.reloads.seen())).map(({ status }) => status)
const stored = async (): Promise<readonly StoredVersion[]> =>
  (await listVersions(services.cosUrl)).filter(({ key }) =>
    chosen.some(({ path }) => key.startsWith(encodeURIComponent(path.split('/').at(-1) ?? ''))),
  )
const etags = (): readonly string[] => chosen.map(({ bytes }) => `"${createHash('md5').update(bytes).digest('hex')}"`)

it('a page reloaded while a file is on its way sends what is left, and nothing twice', async () => {
  proxy.behave('stall', 1_000_000)
  await page.evaluate(() => window.reloads.add())
  await expect.poll(() => page.evaluate(() => window.reloads.sentBytes()), patience).toBeGreaterThan(1_000_000)
  const [first] = await page.evaluate(() => window.reloads.seen())
  await page.reload()
  proxy.behave('pass')
  const [again, ...others] = await open()
  expect(again).toEqual(first)
  expect(others).toHaveLength(2)
  await expect.poll(statuses, patience).toEqual(['success', 'success', 'success'])
  expect((await stored()).map(({ etag }) => etag).toSorted()).toEqual(etags().toSorted())
})

it('a reload that cuts off the reply of what storage has does not send it again', async () => {
  proxy.behave('mute', 1_000_000)
  await page.evaluate(() => window.reloads.add())
  await expect.poll(async () => (await stored()).length, patience).toBe(2)
  expect(await statuses()).toEqual(['success', 'uploading', 'queued'])
  await page.reload()
  proxy.behave('pass')
  await open()
  await expect.poll(statuses, patience).toEqual(['success', 'success', 'success'])
  expect((await stored()).map(({ etag }) => etag).toSorted()).toEqual(etags().toSorted())
})
