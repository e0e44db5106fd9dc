import { expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { EndableClock } from './endable-clock.ts'

it('who sleeps wakes when his time has come, or when the server ends, and then nobody falls asleep any more', async () => {
  const manual = new ManualClock()
  const clock = new EndableClock(manual)
  const short = clock.sleep(1000)
  manual.advance(1000)
  await short
  const long = clock.sleep(3_600_000)
  clock.end()
  await long
  await clock.sleep(3_600_000)
  expect(clock.now()).toBe(manual.now())
})
