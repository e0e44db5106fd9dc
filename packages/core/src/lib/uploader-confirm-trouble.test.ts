import { expect, test, vi } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import { unreachable } from './testing/scripted-policy-source.ts'
import { createStandingClock } from './testing/standing-clock.ts'
import { storedReply } from './testing/stored-reply.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'

const down = (): CosUploadError => unreachable(503, 1)

test('a minute in which neither storage nor the confirm endpoint is reached is not the end of a whole list', async () => {
  const confirm: ConfirmPort = async () => {
    await new Promise<void>((resolve) => fixture.clock.after(100, resolve))
    if (fixture.clock.now() < 60_000) throw down()
    return { outcome: 'absent' }
  }
  const fixture = createUploaderFixture(
    { confirm },
    {
      answer: (request) => {
        fixture.clock.after(200, () => (fixture.clock.now() < 60_000 ? request.fail('outcome-unknown') : request.succeed()))
      },
    },
  )
  const { uploader, clock, statuses } = fixture
  uploader.add(numbered(300))
  await clock.advance(600_000)
  const failed = statuses().filter((status) => status === 'error').length
  expect(failed).toBeLessThan(50)
})

test('what was asked about is not sent all at once', async () => {
  let found: 'down' | 'busy' | 'absent' = 'down'
  const confirm: ConfirmPort = async () => {
    if (found === 'absent') return { outcome: 'absent' }
    throw found === 'down' ? new CosUploadError('confirm-failed', 'off', { status: 404, outcome: null, problem: 'off' }) : down()
  }
  let lost = true
  const fixture = createUploaderFixture({ confirm, concurrency: 3 }, { answer: (request) => void (lost && request.fail('outcome-unknown')) })
  const { uploader, clock, storage, statuses } = fixture
  uploader.add(numbered(100))
  await clock.advance(180_000)
  expect(new Set(statuses())).toEqual(new Set(['error']))
  lost = false
  found = 'busy'
  uploader.retry()
  await clock.advance(500)
  found = 'absent'
  let most = 0
  for (let at = 0; at < 100; at += 1) {
    await clock.advance(100)
    most = Math.max(most, storage.active().length)
  }
  expect(most).toBeLessThanOrEqual(6)
})

test.each([
  ['goes on where a reply was lost', 'uploading', undefined],
  ['waits where each upload is asked about: what it sends would only wait, too', 'queued', 'always'],
] as const)('while an endpoint in trouble is left alone, the next file %s', async (_name, next, confirmWhen) => {
  const confirm: ConfirmPort = () => Promise.reject(down())
  const { uploader, run, storage, statuses } = createUploaderFixture({ confirm, confirmWhen, concurrency: 1 })
  uploader.add(files(['a', 'b']))
  await run()
  if (confirmWhen) storage.last().succeed()
  else storage.last().fail('outcome-unknown')
  await run()
  expect(statuses()).toEqual(['confirming', next])
})

test('an answer that came while the page stood still is heard: the endpoint was not silent', async () => {
  const { clock, time, standStill } = createStandingClock()
  const answers: (() => void)[] = []
  const confirm = vi.fn<ConfirmPort>(() => new Promise((resolve) => answers.push(() => resolve(storedReply()))))
  const { uploader, storage, statuses } = createUploaderFixture({ confirm, clock })
  uploader.add(files(['a']))
  await time.advance(0)
  storage.last().fail('outcome-unknown')
  await time.advance(0)
  await standStill(3_600_000)
  answers[0]?.()
  await time.advance(0)
  expect([confirm.mock.calls.length, statuses()]).toEqual([1, ['success']])
})

test('a confirm endpoint that gave no answer in its time is asked once more, and told to give up the question before', async () => {
  const signals: AbortSignal[] = []
  const confirm: ConfirmPort = (_request, { signal }) => {
    signals.push(signal)
    return signals.length === 1 ? new Promise(() => {}) : Promise.resolve(storedReply())
  }
  const { uploader, clock, storage, run, statuses } = createUploaderFixture({ confirm, policyTimeout: 5_000 })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(4_900)
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  await clock.advance(10_000)
  expect([signals.map(({ aborted }) => aborted), statuses()]).toEqual([[true, false], ['success']])
})

test('a confirm endpoint that never answers is told as that, with the time that it had', async () => {
  const confirm: ConfirmPort = () => new Promise(() => {})
  const { uploader, clock, storage, run, items } = createUploaderFixture({ confirm, policyTimeout: 5_000, retry: false })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(10_000)
  const cause = { message: expect.stringContaining('did not answer for 5 s') }
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', cause } }])
})
