import { lazily } from '../lazily.ts'
import type * as ProveFile from './prove-file.ts'

let used = false

/** The part of the page that hashes. */
export const loadHashing: () => Promise<typeof ProveFile> = lazily(() => {
  used = true
  return import('./prove-file.ts')
})

/** Lets go of the hasher's worker. */
export function releaseHashing(): void {
  if (used)
    loadHashing().then(
      ({ releaseHashWorker }) => releaseHashWorker(),
      () => {},
    )
}
