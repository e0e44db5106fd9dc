import type * as Failures from './failures.ts'
import { lazily } from './lazily.ts'

export const loadFailures: () => Promise<typeof Failures> = lazily(() => import('./failures.ts'))

/**
 * Does what a failure asks for with the code that only failures need. On a network that fails, loading it may fail too: then `short` must do,
 * since a failure has to be told in any case.
 */
export function withFailures<Value>(full: (parts: typeof Failures) => Value | Promise<Value>, short: (cause: unknown) => Value): Promise<Value> {
  return loadFailures().then(full, short)
}
