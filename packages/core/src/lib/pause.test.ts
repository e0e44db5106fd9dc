import { expect, test } from 'vitest'
import { pause } from './pause.ts'
import { createManualClock } from './testing/manual-clock.ts'

test('a pause ends with its time, or with its signal, and leaves no timer', async () => {
  const clock = createManualClock()
  const waited = pause(clock, 1_000, new AbortController().signal)
  await clock.advance(1_000)
  await expect(waited).resolves.toBeUndefined()
  const controller = new AbortController()
  const aborted = pause(clock, 1_000, controller.signal)
  controller.abort('enough')
  await expect(aborted).rejects.toBe('enough')
  expect(clock.pending()).toBe(0)
})
