import { expect, it, vi } from 'vitest'
import { LeapingClock } from '../testing/manual-clock.ts'
import { paced } from './paced.ts'

it('bytes that nobody begins to read let go of the file that they would have come from', async () => {
  const release = vi.fn<() => Promise<IteratorReturnResult<undefined>>>(() => Promise.resolve({ done: true, value: undefined }))
  const source = { [Symbol.asyncIterator]: () => ({ next: release, return: release }) }
  await paced(source, () => 1000, new LeapingClock())
    [Symbol.asyncIterator]()
    .return?.()
  expect(release).toHaveBeenCalledOnce()
})
