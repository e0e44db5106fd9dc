import { afterStill } from '../after-still.ts'
import { systemClock, type Clock } from '../clock.ts'
import type { PostForm } from '../form/post-form.ts'
import { slowest } from './slowest.ts'

/** For ways that show nothing of a body on its way. */
export interface ReplyDeadlineOptions {
  /**
   * Milliseconds to wait for the reply, beside the time that the file takes at 16 KB/s; then the error is `outcome-unknown`, since the object may
   * be stored. `Infinity` for never. @default 120000
   */
  readonly replyTimeout?: number | undefined
  /** @default systemClock */
  readonly clock?: Clock | undefined
}

/** Calls back when a reply is overdue; returns a function that stops it. */
export function afterDeadline(
  { file: { size } }: PostForm,
  { replyTimeout = 120_000, clock = systemClock }: ReplyDeadlineOptions,
  overdue: () => void,
): () => void {
  const ms = replyTimeout + size / slowest
  // Timers end at once that are to end after 24 days: https://html.spec.whatwg.org/#dom-settimeout takes 32 bits.
  return ms < 2 ** 31 ? afterStill(clock, ms, overdue) : () => {}
}
