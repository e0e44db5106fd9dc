import { fileURLToPath } from 'node:url'
import { BUCKETS } from '@cosdrop/dev-server'
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { chromiumLaunch } from './lib/chromium.ts'
import { listVersions } from './lib/faults/list-versions.ts'
import { startFaultyServices, type FaultyServices } from './lib/faults/start-faulty-services.ts'
import { startRudeProxy } from './lib/reload/rude-proxy.ts'
import { servePage, type ServedPage } from './lib/serve-page.ts'
import { temporaryFile } from './lib/temporary-file.ts'

const NO_FAULTS = 0
let browser: Browser
let served: ServedPage
let services: FaultyServices
beforeAll(async () => {
  served = await servePage(fileURLToPath(new URL('./lib/reload/page', import.meta.url)))
  services = await startFaultyServices(NO_FAULTS)
  // As people have it: Playwright turns the cache off.
  browser = await chromium.launch({ ...chromiumLaunch, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
})
afterAll(async () => {
  await browser.close()
  await services.close()
  served.close()
})

it('who leaves a page in the middle of its uploads, and comes by a link and not by the back button, finds his files', async () => {
  const proxy = await startRudeProxy(services.cosUrl)
  const files = [100_000, 30_000_000, 100_000].map((size, at) => temporaryFile(`left ${at}.bin`, size))
  const page = await browser.newPage()
  onTestFinished(async () => {
    await page.close()
    await proxy.close()
    for (const file of files) file.remove()
  })
  const open = () => {
    const { policyUrl, confirmUrl } = services
    return page.evaluate((urls) => window.reloads.open(urls), { policyUrl, confirmUrl, action: `${proxy.url}/${BUCKETS.plain}/` })
  }
  await page.goto(served.url)
  await open()
  await page.setInputFiles(
    'input',
    files.map(({ path }) => path),
  )
  proxy.behave('stall', 1_000_000)
  await page.evaluate(() => window.reloads.add())
  await expect.poll(() => page.evaluate(() => window.reloads.sentBytes()), { timeout: 20_000 }).toBeGreaterThan(1_000_000)
  await page.goto(`${served.url}?elsewhere`)
  await page.waitForTimeout(500)
  proxy.behave('pass')
  await page.goto(served.url)
  expect(await open()).toHaveLength(3)
  const statuses = async () => (await page.evaluate(() => window.reloads.seen())).map(({ status }) => status)
  await expect.poll(statuses, { timeout: 20_000 }).toEqual(['success', 'success', 'success'])
  expect((await listVersions(services.cosUrl)).map(({ key }) => key.replace(/\/.*/u, '')).toSorted()).toEqual([
    'left%200.bin',
    'left%201.bin',
    'left%202.bin',
  ])
})
