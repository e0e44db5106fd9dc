import { lazily } from '../lazily.ts'
import type * as ProveFile from './prove-file.ts'

/** The part of the page that hashes. */
export const loadHashing: () => Promise<typeof ProveFile> = lazily(() => import('./prove-file.ts'))
