import { expect, it, vi } from 'vitest'
import { LeapingClock, ManualClock } from '../testing/manual-clock.ts'
import { paced } from './paced.ts'

it('bytes that nobody begins to read let go of the file that they would have come from', async () => {
  const release = vi.fn<() => Promise<IteratorReturnResult<undefined>>>(() => Promise.resolve({ done: true, value: undefined }))
  const source = { [Symbol.asyncIterator]: () => ({ next: release, return: release }) }
  await paced(source, () => 1000, new LeapingClock())
    [Symbol.asyncIterator]()
    .return?.()
  expect(release).toHaveBeenCalledOnce()
})

it('bytes are held back until their time has come', async () => {
  const clock = new ManualClock()
  const bytes = paced(new Uint8Array(200), () => 1000, clock)[Symbol.asyncIterator]()
  let arrived = 0
  const reading = bytes.next().then(({ value }) => (arrived += value?.length ?? 0))
  await vi.waitFor(() => expect(clock.sleeping).toBe(1))
  expect(arrived).toBe(0)
  clock.advance(100)
  await reading
  expect(arrived).toBe(100)
  await bytes.return?.()
})
