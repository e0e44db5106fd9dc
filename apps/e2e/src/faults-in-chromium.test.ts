import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { checkUploads } from './lib/faults/check-uploads.ts'
import { startFaultyServices } from './lib/faults/start-faulty-services.ts'
import { servePage, type ServedPage } from './lib/serve-page.ts'

const DAY = 86_400_000
const seed = Number(process.env['FAULT_SEED'] ?? 20_261_121)
// `FAULT_FILES=2000` for the whole number in a browser as well; in Node it always is whole.
const total = Number(process.env['FAULT_FILES'] ?? 300)

let browser: Browser
let served: ServedPage
beforeAll(async () => {
  served = await servePage(fileURLToPath(new URL('./lib/faults/page', import.meta.url)))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  served.close()
})

describe.each([
  { device: 'a day ahead', clockSkew: DAY, confirms: true },
  { device: 'a day behind', clockSkew: -DAY, confirms: false },
])(`${total / 2} files in Chromium while 30 % of the requests fail, seed ${seed}, a device whose clock is $device`, ({ clockSkew, confirms }) => {
  it(`all arrive, whole and once, ${confirms ? 'with' : 'and doubt is told, without'} a server that confirms`, { timeout: 1_200_000 }, async () => {
    const services = await startFaultyServices(seed)
    const page = await browser.newPage()
    try {
      await page.goto(served.url)
      const { policyUrl, confirmUrl } = services
      const drive = {
        seed,
        count: total / 2,
        clockSkew,
        policyUrl,
        confirmUrl: confirms ? confirmUrl : null,
        via: 'xhr',
        concurrency: 6,
        presses: 8,
      } as const
      const report = await page.evaluate((given) => window.drivers.driveUploads(given), drive)
      const verdict = await checkUploads({ seed, count: total / 2, services, report })
      console.log(JSON.stringify({ ...verdict, broken: verdict.broken.slice(0, 10), failures: report.failures }))
      expect(verdict.broken).toEqual([])
      expect(verdict.succeeded).toBe(total / 2)
      await expect.poll(() => page.workers()).toEqual([])
    } finally {
      await page.close()
      await services.close()
    }
  })
})
