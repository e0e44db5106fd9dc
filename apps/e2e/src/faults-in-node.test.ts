import { describe, it } from 'vitest'
import { checkUploads } from './lib/faults/check-uploads.ts'
import { driveInProcess } from './lib/faults/drive-in-process.ts'
import { startFaultyServices } from './lib/faults/start-faulty-services.ts'

const DAY = 86_400_000
const seed = Number(process.env['FAULT_SEED'] ?? 20_261_121)

// 2,000 together. Most of the time goes by waiting, so they wait at the same time.
describe.concurrent(`uploads in Node while 30 % of the requests fail, seed ${seed}`, { timeout: 300_000 }, () => {
  it.for([
    { device: 'a day ahead', clockSkew: DAY, confirms: 'with a server that confirms', count: 300 },
    { device: 'a day behind', clockSkew: -DAY, confirms: 'with a server that confirms', count: 300 },
    { device: 'a day ahead', clockSkew: DAY, confirms: 'without one, and doubt is told', count: 700 },
    { device: 'a day behind', clockSkew: -DAY, confirms: 'without one, and doubt is told', count: 700 },
  ])(
    '$count files from a device whose clock is $device all arrive, whole and once, $confirms',
    async ({ clockSkew, confirms, count }, { expect }) => {
      const services = await startFaultyServices(seed)
      try {
        const report = await driveInProcess({
          seed,
          count,
          clockSkew,
          policyUrl: services.policyUrl,
          confirmUrl: confirms.startsWith('without') ? null : services.confirmUrl,
          via: 'fetch',
          concurrency: 16,
          presses: 8,
        })
        const verdict = await checkUploads({ seed, count, services, report })
        console.log(JSON.stringify({ ...verdict, broken: verdict.broken.slice(0, 10), failures: report.failures }))
        expect(verdict.broken).toEqual([])
        expect(verdict.succeeded).toBe(count)
      } finally {
        await services.close()
      }
    },
  )
})
