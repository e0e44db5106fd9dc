import { expect, test } from 'vitest'
import type { Clock } from '../clock.ts'
import { createPostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { afterDeadline } from './reply-deadline.ts'

const form = createPostForm({ action: 'https://bucket/', fields: [], file: new Blob(), filename: 'a' })

/** A clock of a page that stands still: what fell due meanwhile is called when it goes on, before anything else that came. */
function standingClock(): Clock & { readonly goOnAt: (ms: number) => void } {
  let now = 0
  const timers = new Map<() => void, number>()
  return {
    now: () => now,
    after(ms, callback) {
      timers.set(callback, now + ms)
      return () => void timers.delete(callback)
    },
    goOnAt(ms) {
      now = ms
      for (const [callback, at] of timers) if (at <= now && timers.delete(callback)) callback()
    },
  }
}

test('a reply is overdue when its time is over, to the millisecond', async () => {
  const clock = createManualClock()
  let overdue = 0
  afterDeadline(form, { replyTimeout: 5_000, clock }, () => (overdue += 1))
  await clock.advance(4_999)
  expect(overdue).toBe(0)
  await clock.advance(1)
  expect([overdue, clock.pending()]).toEqual([1, 0])
})

test('a reply that came while the page stood still (a dialog, a frozen tab) is heard, not given up for lost', () => {
  const clock = standingClock()
  let overdue = 0
  const stop = afterDeadline(form, { replyTimeout: 120_000, clock }, () => (overdue += 1))
  clock.goOnAt(3_600_000)
  expect(overdue).toBe(0)
  // The reply is told of now.
  stop()
  clock.goOnAt(7_200_000)
  expect(overdue).toBe(0)
})

test('after the page stood still, a reply that never came is overdue all the same', () => {
  const clock = standingClock()
  let overdue = 0
  afterDeadline(form, { replyTimeout: 120_000, clock }, () => (overdue += 1))
  clock.goOnAt(3_600_000)
  clock.goOnAt(3_602_000)
  expect(overdue).toBe(1)
})
