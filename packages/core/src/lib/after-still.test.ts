import { expect, test } from 'vitest'
import { afterStill } from './after-still.ts'
import { createManualClock } from './testing/manual-clock.ts'

test.each([5_000, 9_000])('who is heard of after %d ms of ten seconds is not given up after that', async (at) => {
  const clock = createManualClock()
  let given = false
  const stop = afterStill(clock, 10_000, () => (given = true))
  await clock.advance(at)
  stop()
  await clock.advance(10_000)
  expect([given, clock.pending()]).toEqual([false, 0])
})
