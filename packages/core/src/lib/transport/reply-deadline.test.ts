import { expect, test } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createStandingClock } from '../testing/standing-clock.ts'
import { afterDeadline } from './reply-deadline.ts'

const form = createPostForm({ action: 'https://bucket/', fields: [], file: new Blob(), filename: 'a' })

test('a reply is overdue when its time is over, to the millisecond', async () => {
  const clock = createManualClock()
  let overdue = 0
  afterDeadline(form, { replyTimeout: 5_000, clock }, () => (overdue += 1))
  await clock.advance(4_999)
  expect(overdue).toBe(0)
  await clock.advance(1)
  expect([overdue, clock.pending()]).toEqual([1, 0])
})

test('a reply that came while the page stood still (a dialog, a frozen tab) is heard, not given up for lost', async () => {
  const { clock, standStill } = createStandingClock()
  let overdue = 0
  const stop = afterDeadline(form, { replyTimeout: 120_000, clock }, () => (overdue += 1))
  await standStill(3_600_000)
  expect(overdue).toBe(0)
  // The reply is told of now.
  stop()
  await standStill(3_600_000)
  expect(overdue).toBe(0)
})

test('after the page stood still, a reply that never came is overdue all the same', async () => {
  const { clock, time, standStill } = createStandingClock()
  let overdue = 0
  afterDeadline(form, { replyTimeout: 120_000, clock }, () => (overdue += 1))
  await standStill(3_600_000)
  await time.advance(2_000)
  expect(overdue).toBe(1)
})
