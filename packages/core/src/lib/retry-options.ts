import type { Filled } from './filled.ts'
import { readAttempts } from './retry-attempts.ts'

export interface RetryOptions {
  /** Times that one file is sent, the first included. Of refusals by 503 or 429 while other files are stored only the first counts. @default 5 */
  readonly attempts?: number | undefined
  /** Milliseconds: the first wait is between 0 and this, the next between 0 and twice this, and so on. @default 1000 */
  readonly baseDelay?: number | undefined
  /** Milliseconds: no wait is longer, unless Retry-After asks for it. @default 30000 */
  readonly maxDelay?: number | undefined
}

/** With every default filled in. */
export function readRetryOptions(options?: RetryOptions | false): Filled<RetryOptions> {
  const { baseDelay = 1_000, maxDelay = 30_000 } = options || {}
  return { attempts: readAttempts(options), baseDelay, maxDelay }
}
