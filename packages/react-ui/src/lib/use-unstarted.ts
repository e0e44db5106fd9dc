import { useUploaderContext } from '@cosdrop/react'
import { useSyncExternalStore } from 'react'
import { useWidget } from './widget-context.ts'

/** How many files wait for `start()`. 0 while others are sent, or where all wait for something else: some of those may have been started. */
export function useUnstarted(): number {
  const { manual } = useWidget()
  const uploader = useUploaderContext()
  // The number alone: who draws the list is not to render with each progress.
  const read = (): number => {
    const { totals, paused, offline } = uploader.getSnapshot()
    return manual && !(paused || offline || totals.active) ? totals.queued : 0
  }
  return useSyncExternalStore(uploader.subscribe, read, () => 0)
}
