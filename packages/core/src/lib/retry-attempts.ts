import type { RetryOptions } from './retry-options.ts'

/** Times that one file is sent, at most. Apart from the other options: a page needs it before the part that sends is loaded. */
export function readAttempts(options: RetryOptions | false = {}): number {
  return options ? (options.attempts ?? 5) : 1
}
