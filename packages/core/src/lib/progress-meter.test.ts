import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measure } from './progress-meter.ts'

test('a steady upload has its true speed at once', () => {
  let meter = measure(null, 0, 0)
  expect(meter.speed).toBeNull()
  for (let at = 250; at <= 2_000; at += 250) meter = measure(meter, at, at * 4)
  expect(meter.speed).toBeCloseTo(4_000)
})

test('a burst moves the speed a little, and a lasting change moves it all the way', () => {
  let meter = measure(null, 0, 0)
  let bytes = 0
  const run = (seconds: number, speed: number): void => {
    for (let step = 0; step < seconds * 4; step += 1) meter = measure(meter, meter.at + 250, (bytes += speed / 4))
  }
  run(5, 1_000)
  run(0.25, 9_000)
  expect(meter.speed).toBeLessThan(2_000)
  run(20, 9_000)
  expect(meter.speed).toBeGreaterThan(8_900)
})

test('what goes out in pieces has its true speed between them, too', () => {
  let meter = measure(null, 0, 0)
  const speeds: (number | null)[] = []
  for (let at = 250; at <= 30_000; at += 250) {
    meter = measure(meter, at, Math.floor(at / 2_500) * 300_000)
    if (at > 5_000) speeds.push(meter.speed)
  }
  expect(new Set(speeds)).toEqual(new Set([120_000]))
})

test('what stands still has no speed after ten seconds, and its true one soon after it goes on', () => {
  let meter = measure(null, 0, 0)
  const run = (until: number, bytesAt: (at: number) => number): void => {
    for (let at = meter.at + 250; at <= until; at += 250) meter = measure(meter, at, bytesAt(at))
  }
  run(5_000, (at) => at * 100)
  run(15_000, () => 500_000)
  expect(meter.speed).toBeNull()
  run(25_000, () => 500_000)
  run(26_000, (at) => 500_000 + (at - 25_000) * 300)
  expect(meter.speed).toBeCloseTo(300_000)
})

test('events that come too fast to mean anything are put together', () => {
  const meter = measure(null, 0, 0)
  expect(measure(meter, 199, 1_000_000)).toBe(meter)
})

test('the speed never leaves the range of what was measured', () => {
  const steps = fc.array(fc.record({ ms: fc.integer({ min: 200, max: 10_000 }), bytes: fc.nat(1e9) }), { minLength: 1 })
  fc.assert(
    fc.property(steps, (all) => {
      let meter = measure(null, 0, 0)
      const speeds: number[] = []
      for (const { ms, bytes } of all) {
        speeds.push((bytes * 1_000) / ms)
        meter = measure(meter, meter.at + ms, meter.bytes + bytes)
        // Not known yet.
        if (!meter.speed) continue
        expect(meter.speed).toBeGreaterThanOrEqual(Math.min(...speeds) - 0.001)
        expect(meter.speed).toBeLessThanOrEqual(Math.max(...speeds) * 1.000001 + 0.001)
      }
    }),
  )
})
