import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkUploads } from './lib/faults/check-uploads.ts'
import { driveUploads } from './lib/faults/drive-uploads.ts'
import { startFaultyServices, type FaultyServices } from './lib/faults/start-faulty-services.ts'

const DAY = 86_400_000
const seed = Number(process.env['FAULT_SEED'] ?? 20_261_121)

let services: FaultyServices
beforeEach(async () => {
  services = await startFaultyServices(seed)
})
afterEach(() => services.close())

// 2,000 together. With a server to ask, most of the time goes by waiting for it to look a second time.
describe.each([
  { device: 'a day ahead', clockSkew: DAY, confirms: true, count: 250 },
  { device: 'a day behind', clockSkew: -DAY, confirms: true, count: 250 },
  { device: 'a day ahead', clockSkew: DAY, confirms: false, count: 750 },
  { device: 'a day behind', clockSkew: -DAY, confirms: false, count: 750 },
])(`$count files while 30 % of the requests fail, seed ${seed}, a device whose clock is $device`, ({ clockSkew, confirms, count }) => {
  it(`all arrive, whole and once, ${confirms ? 'with' : 'and doubt is told, without'} a server that confirms`, async () => {
    const report = await driveUploads({
      seed,
      count,
      clockSkew,
      policyUrl: services.policyUrl,
      confirmUrl: confirms ? services.confirmUrl : null,
      via: 'fetch',
      concurrency: 16,
      presses: 8,
    })
    const verdict = await checkUploads({ seed, count, services, report })
    console.log(JSON.stringify({ ...verdict, broken: verdict.broken.slice(0, 10), failures: report.failures }))
    expect(verdict.broken).toEqual([])
    expect(verdict.succeeded).toBe(count)
  })
})
