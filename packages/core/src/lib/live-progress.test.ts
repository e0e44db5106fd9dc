import { expect, test, vi } from 'vitest'
import { createLiveProgress } from './live-progress.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createUploaderStore } from './uploader-store.ts'

test('uploads that are over are looked at once more, not with each frame: thousands of them would hold up the page', () => {
  const store = createUploaderStore(createManualClock())
  const getItem = vi.fn<typeof store.getItem>(() => undefined)
  const start = createLiveProgress({ ...store, getItem })
  start('a')
  start('b')
  store.look()
  expect(getItem).toHaveBeenCalledTimes(2)
  store.look()
  expect(getItem).toHaveBeenCalledTimes(2)
})
