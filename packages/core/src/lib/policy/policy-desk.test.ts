import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import { CosUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import { readSettings } from '../uploader-settings.ts'
import type { UploaderOptions } from '../uploader.ts'
import { createPolicyDesk } from './policy-desk.ts'
import type { PolicyReply, SignedPost } from './policy-source.ts'
import type { SignedPolicy } from './signed-policy.ts'

function item(id: string): UploadItem {
  return { id, file: new Blob(['a']), name: id, size: 1, type: '', relativePath: null, priority: 0, status: 'queued' }
}

function reply(count: number, part: Partial<SignedPost> = {}): PolicyReply {
  const post = { url: 'https://host/', fields: { key: 'a' }, expiresAt: '2026-01-01T01:00:00Z', ...part }
  return { serverTime: '2026-01-01T00:00:00Z', posts: Array.from({ length: count }, () => post) }
}

interface Asked {
  readonly names: readonly string[]
  readonly signal: AbortSignal
  readonly receipts: readonly (string | undefined)[]
  readonly answer: (part?: Partial<SignedPost>) => void
  readonly fail: (error: unknown) => void
}

/** Requests to the policy source, each answered by hand. */
function setUp(count: number, options: Partial<UploaderOptions> = {}, speed: number | null = null) {
  const clock = createManualClock()
  const asked: Asked[] = []
  const settings = readSettings(
    {
      policy: ({ files }, { signal }) =>
        new Promise((resolve, reject) => {
          asked.push({
            names: files.map(({ name }) => name),
            receipts: files.map(({ receipt }) => receipt),
            signal,
            answer: (part) => resolve(reply(files.length, part)),
            fail: reject,
          })
        }),
      random: () => 0.5,
      ...options,
    },
    clock,
  )
  const queue = Array.from({ length: count }, (_, at) => item(String(at)))
  const desk = createPolicyDesk({
    clock,
    settings: () => settings,
    store: { getItem: (id) => queue.find((waiting) => waiting.id === id), speed: () => speed },
    upcoming: (count) => queue.slice(0, count),
    online: () => true,
  })
  const take = async (taken: UploadItem, controller = new AbortController()): Promise<SignedPolicy> =>
    desk.take(taken, { signal: controller.signal, renew: false })
  /** What becomes of a file that waits, for tests in which it may fail. */
  const outcome = (taken: UploadItem, controller?: AbortController): Promise<unknown> => take(taken, controller).catch((error: unknown) => error)
  /** Takes the next file's policy and uploads it. */
  const spend = async (): Promise<void> => {
    const next = queue.shift()!
    await take(next)
    desk.forget(next.id)
  }
  const settle = () => clock.advance(0)
  /** Uploads so many of those that the first request asks for. */
  const spendFirst = async (files: number): Promise<void> => {
    const first = spend()
    await settle()
    asked[0]!.answer()
    await first
    for (let used = 1; used < files; used++) await spend()
    await settle()
  }
  return { asked, clock, desk, queue, take, outcome, spend, spendFirst, settle }
}

const refused = (status: number): CosUploadError =>
  new CosUploadError('policy-refused', 'no', { url: null, status, serverCode: null, serverMessage: null })
const unreachable = (): CosUploadError => new CosUploadError('policy-unreachable', 'down', { url: null, status: 503, retryAfter: null })

describe('looking ahead', () => {
  test('the next policies are there before the last is used: no upload waits for them', async () => {
    const { asked, spend, spendFirst, settle } = setUp(150)
    await spendFirst(51)
    expect(asked.map(({ names }) => names.length)).toEqual([100])
    await spend()
    await settle()
    expect(asked.map(({ names }) => names.length)).toEqual([100, 50])
    // Those at hand are used while the request is under way.
    for (let used = 52; used < 100; used++) await spend()
    asked[1]!.answer()
    for (let used = 100; used < 150; used++) await spend()
    await settle()
    expect(asked).toHaveLength(2)
  })

  test('files that start while their request is under way wait for it and make no other', async () => {
    const { asked, queue, take, settle } = setUp(10)
    const first = take(queue.shift()!)
    await settle()
    const second = take(queue.shift()!)
    await settle()
    asked[0]!.answer()
    await expect(Promise.all([first, second])).resolves.toHaveLength(2)
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['no speed is known', null, [1, 1]],
    ['a fast one', 20_000_000, [11]],
  ] as const)('of large files as many as go out in a minute are signed together: on a line of which %s', async (_, speed, sizes) => {
    const { asked, queue, spend, settle } = setUp(11, {}, speed)
    queue.splice(0, 11, ...queue.map((waiting) => ({ ...waiting, size: 100_000_000 })))
    for (let file = 0; file < 2; file++) {
      const spent = spend()
      await settle()
      asked[file]?.answer()
      await spent
    }
    expect(asked.map(({ names }) => names.length)).toEqual(sizes)
  })

  test('policies that ran out while files waited for their turn are got anew together', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(5)
    void outcome(queue.shift()!)
    await settle()
    asked[0]!.answer()
    await clock.advance(60 * 60_000)
    void outcome(queue.shift()!)
    await settle()
    expect(asked.map(({ names }) => names)).toEqual([
      ['0', '1', '2', '3', '4'],
      ['1', '2', '3', '4'],
    ])
  })
})

test('a policy that would end before its file is out, on so slow a line, is got anew before that is sent', async () => {
  for (const [bytesPerSecond, requests] of [
    [null, 1],
    [0.01, 1],
    [0.0001, 2],
  ] as const) {
    const { asked, queue, outcome, settle, clock } = setUp(2, {}, bytesPerSecond)
    const [a, b] = queue.splice(0, 1).concat(queue)
    void outcome(a!)
    await settle()
    asked[0]!.answer()
    // More than half of the hour that it lives.
    await clock.advance(40 * 60_000)
    void outcome(b!)
    await settle()
    expect(asked).toHaveLength(requests)
  }
})

test('a policy that storage refused as expired takes none along that ends later: that is sent with what it has', async () => {
  const { asked, desk, queue, take, settle } = setUp(2, { lookAhead: 0 })
  const [a, b] = queue.splice(0)
  void take(a!)
  await settle()
  asked[0]!.answer()
  const second = take(b!)
  await settle()
  asked[1]!.answer({ expiresAt: '2026-01-01T02:00:00Z' })
  const later = await second
  const { signal } = new AbortController()
  void desk.take(a!, { signal, renew: true })
  expect(desk.take(b!, { signal, renew: false })).toBe(later)
  await settle()
  expect(asked.map(({ names }) => names)).toEqual([['0'], ['1'], ['0']])
})

describe('while the forms of a hundred files are made', () => {
  /** The first has its policy: the others' forms are still to come. */
  const begun = async () => {
    const desk = setUp(100)
    const first = desk.take(desk.queue.shift()!)
    await desk.settle()
    desk.asked[0]!.answer()
    await first
    return desk
  }

  test('the first has long got its policy, and who comes meanwhile waits for its own', async () => {
    const { asked, desk, queue } = await begun()
    const taken = desk.take(queue.at(-1)!, { signal: new AbortController().signal, renew: false })
    expect(taken).toBeInstanceOf(Promise)
    await taken
    expect(asked).toHaveLength(1)
  })

  test('a file that goes takes none of the others with it, and leaves nothing behind', async () => {
    const { asked, desk, queue, take, settle } = await begun()
    const [gone] = queue.splice(60, 1)
    desk.forget(gone!.id)
    for (const each of queue) await take(each)
    expect(asked).toHaveLength(1)
    void take(gone!)
    await settle()
    expect(asked[1]!.names).toContain(gone!.id)
  })
})

test('what is wrong with the form of a file that is never sent troubles nobody', async () => {
  const { asked, queue, take, settle } = setUp(2)
  const waiting = take(queue.shift()!)
  await settle()
  asked[0]!.answer({ url: 'nowhere' })
  await Promise.resolve((await waiting).form).catch(() => {})
  // In Node a rejection that nobody hears of ends the process: told after a task.
  const unheard = vi.fn<() => void>()
  process.on('unhandledRejection', unheard)
  onTestFinished(() => void process.off('unhandledRejection', unheard))
  await new Promise((resolve) => setTimeout(resolve))
  expect(unheard).not.toHaveBeenCalled()
})

test('a file that was removed while it was asked for leaves nothing behind', async () => {
  const { asked, desk, queue, take, settle } = setUp(2)
  const [first, second] = queue.splice(0, 1).concat(queue)
  const waiting = take(first!)
  await settle()
  desk.forget(second!.id)
  asked[0]!.answer()
  await waiting
  void take(second!)
  await settle()
  expect(asked.map(({ names }) => names)).toEqual([['0', '1'], ['1']])
})

describe('a request that nobody needs any more', () => {
  test('is given up when it was made for files ahead, and they go', async () => {
    const { asked, desk, queue, spendFirst } = setUp(150)
    await spendFirst(52)
    expect(asked[1]!.signal.aborted).toBe(false)
    for (const { id } of queue) desk.forget(id)
    expect(asked[1]!.signal.aborted).toBe(true)
  })

  test('is given up when the last that waits is canceled, not before, and the files ahead are asked for again in their turn', async () => {
    const { asked, queue, take, outcome, settle, clock } = setUp(3)
    const [a, b] = [new AbortController(), new AbortController()]
    void outcome(queue.shift()!, a)
    void outcome(queue.shift()!, b)
    await settle()
    expect(asked[0]!.names).toEqual(['0', '1', '2'])
    a.abort()
    await settle()
    expect(asked[0]!.signal.aborted).toBe(false)
    b.abort()
    await settle()
    expect(asked[0]!.signal.aborted).toBe(true)
    expect(clock.pending()).toBe(0)
    const third = take(queue.shift()!)
    await settle()
    asked[1]!.answer()
    await expect(third).resolves.toMatchObject({ post: { url: 'https://host/' } })
  })

  test('is given up when all its files are canceled: who came since is asked for at once', async () => {
    const { asked, queue, outcome, settle } = setUp(2, { lookAhead: 0 })
    const controller = new AbortController()
    void outcome(queue.shift()!, controller)
    await settle()
    void outcome(queue.shift()!)
    controller.abort()
    await settle()
    expect(asked.map(({ names, signal }) => [names, signal.aborted])).toEqual([
      [['0'], true],
      [['1'], false],
    ])
  })

  test('is not made before its time because one of those that wait for it is canceled', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(2)
    const controller = new AbortController()
    void outcome(queue.shift()!, controller)
    void outcome(queue.shift()!)
    await settle()
    asked[0]!.fail(unreachable())
    await settle()
    controller.abort()
    await clock.advance(499)
    expect(asked).toHaveLength(1)
    await clock.advance(1)
    expect(asked).toHaveLength(2)
  })

  test('a file that is canceled and started again in the same turn is not lost', async () => {
    const { asked, queue, take, outcome, settle } = setUp(1)
    const [only] = queue.splice(0)
    const controller = new AbortController()
    void outcome(only!, controller)
    await settle()
    const again = take(only!)
    controller.abort()
    await settle()
    asked[0]!.answer()
    await settle()
    asked[1]?.answer()
    await expect(again).resolves.toMatchObject({ post: { url: 'https://host/' } })
  })

  test('is not repeated: canceling during the wait for the next try leaves no timer', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(1)
    const controller = new AbortController()
    void outcome(queue.shift()!, controller)
    await settle()
    asked[0]!.fail(unreachable())
    await settle()
    expect(clock.pending()).toBe(1)
    controller.abort()
    await settle()
    expect(clock.pending()).toBe(0)
    await clock.advance(60_000)
    expect(asked).toHaveLength(1)
  })

  test('is not repeated when the last that waits is canceled just as it fails', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(1)
    const controller = new AbortController()
    void outcome(queue.shift()!, controller)
    await settle()
    asked[0]!.fail(unreachable())
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    controller.abort()
    await settle()
    expect(clock.pending()).toBe(0)
  })
})

describe('a request that fails', () => {
  test('is repeated for those that wait, without the files ahead', async () => {
    const { asked, queue, take, settle, clock } = setUp(10)
    const first = take(queue.shift()!)
    await settle()
    asked[0]!.fail(unreachable())
    await clock.advance(500)
    expect(asked.map(({ names }) => names.length)).toEqual([10, 1])
    asked[1]!.answer()
    await first
  })

  test('has all its tries again after one that was answered', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(2, { lookAhead: 0, retry: { attempts: 2 } })
    for (const at of [0, 2]) {
      const signed = outcome(queue.shift()!)
      await settle()
      asked[at]!.fail(unreachable())
      await clock.advance(500)
      asked[at + 1]!.answer()
      expect(await signed).toMatchObject({ post: {} })
    }
  })

  test.each([401, 403])('has all its tries also after one that was refused with %d', async (status) => {
    const { asked, queue, outcome, settle, clock } = setUp(2, { lookAhead: 0, retry: { attempts: 2 } })
    void outcome(queue.shift()!)
    await settle()
    asked[0]!.fail(refused(status))
    await clock.advance(1_000)
    const signed = outcome(queue.shift()!)
    await settle()
    asked[1]!.fail(unreachable())
    await clock.advance(500)
    asked[2]!.answer()
    expect(await signed).toMatchObject({ post: {} })
  })

  test('for files ahead alone leaves no timer: a script that has uploaded all does not wait for it', async () => {
    const { asked, queue, spendFirst, outcome, settle, clock } = setUp(150)
    await spendFirst(52)
    asked[1]!.fail(unreachable())
    await settle()
    void outcome(queue.shift()!)
    await settle()
    expect(clock.pending()).toBe(0)
  })

  test('for want of a session is told to all that wait; they are not asked for one by one', async () => {
    const { asked, queue, outcome, settle } = setUp(10)
    const outcomes = Promise.all([outcome(queue.shift()!), outcome(queue.shift()!)])
    await settle()
    asked[0]!.fail(refused(401))
    expect(await outcomes).toMatchObject([{ code: 'policy-refused' }, { code: 'policy-refused' }])
    expect(asked).toHaveLength(1)
  })

  test('is not made to fail by somebody who wants to try again while it is under way', async () => {
    const { asked, desk, queue, take, settle } = setUp(1)
    const signed = take(queue.shift()!)
    await settle()
    desk.wake()
    await settle()
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false])
    asked[0]!.answer()
    await expect(signed).resolves.toMatchObject({ post: {} })
  })

  test('is made at once for somebody who wants to try again, and for one file: that the endpoint is well nobody knows', async () => {
    const { asked, desk, queue, outcome, settle } = setUp(9)
    void outcome(queue.shift()!)
    await settle()
    asked[0]!.fail(unreachable())
    await settle()
    desk.wake()
    await settle()
    expect(asked.map(({ names }) => names.length)).toEqual([9, 1])
  })

  // https://nodejs.org/api/process.html#nodejs-warning-names: TimeoutNegativeWarning.
  test('that is canceled has Node warn of no timer in the past when a file comes a minute later', async () => {
    const { asked, clock, queue, outcome, settle } = setUp(9)
    const after = vi.spyOn(clock, 'after')
    const controller = new AbortController()
    void outcome(queue.shift()!, controller)
    await settle()
    asked[0]!.fail(unreachable())
    await settle()
    controller.abort()
    await clock.advance(60_000)
    void outcome(queue.shift()!)
    await settle()
    expect(asked).toHaveLength(2)
    expect(after.mock.calls.filter(([ms]) => ms < 0)).toEqual([])
  })

  test('of storage, while the endpoint is well, does not have the files asked for one by one when somebody wants to try again', async () => {
    const { asked, desk, queue, outcome, settle } = setUp(9)
    desk.wake()
    void outcome(queue.shift()!)
    await settle()
    expect(asked.map(({ names }) => names.length)).toEqual([9])
  })

  test('for the sake of a receipt where none was sent is told, and not repeated for ever, though another file has its policy', async () => {
    const { asked, queue, outcome, settle } = setUp(2, { lookAhead: 0 })
    const [signed, only] = queue.splice(0)
    void outcome(signed!)
    await settle()
    asked[0]!.answer({ receipt: 'good' })
    await settle()
    const told = outcome(only!)
    await settle()
    const details = { url: null, status: 403, serverCode: 'receipt-required', serverMessage: null }
    asked[1]!.fail(new CosUploadError('policy-refused', 'no', details))
    await settle()
    expect(asked).toHaveLength(2)
    expect(await told).toMatchObject({ code: 'policy-refused' })
  })

  test('because of receipts that the server does not know any more is made once more, without them', async () => {
    const { asked, desk, queue, take, settle } = setUp(3)
    const [a, b, c] = queue.splice(0)
    const first = Promise.all([take(a!), take(c!)])
    await settle()
    asked[0]!.answer({ receipt: 'old' })
    await first
    const again = desk.take(a!, { signal: new AbortController().signal, renew: true })
    const other = take(b!)
    await settle()
    expect(asked[1]!.receipts).toEqual(['old', undefined])
    asked[1]!.fail(new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: 'receipt-required', serverMessage: null }))
    await settle()
    expect(asked[2]!.receipts).toEqual([undefined, undefined])
    asked[2]!.answer()
    expect(await Promise.all([again, other])).toMatchObject([{ post: {} }, { post: {} }])
    // Under way since before, it has its key for as long as the server knows that again.
    void desk.take(c!, { signal: new AbortController().signal, renew: true })
    await settle()
    expect(asked[3]!.receipts).toEqual(['old'])
  })

  test('once is forgiven: the files after it are asked for more at a time with each answer', async () => {
    const { asked, queue, outcome, spend, settle } = setUp(400)
    const first = outcome(queue.shift()!)
    await settle()
    asked[0]!.fail(refused(403))
    await settle()
    asked[1]!.answer()
    await first
    for (let used = 0; used < 150; used++) {
      const done = spend()
      await settle()
      asked.at(-1)!.answer()
      await done
    }
    expect(asked.map(({ names }) => names.length)).toEqual([100, 50, 60, 72, 86])
  })

  test('many times in a row is forgiven, too: the files after it are asked for more at a time again', async () => {
    const { asked, queue, outcome, spend, settle, clock } = setUp(200, { retry: { attempts: 9 } })
    const first = outcome(queue.shift()!)
    for (let at = 0; at < 8; at += 1) {
      await settle()
      asked[at]!.fail(unreachable())
      await clock.advance(30_000)
    }
    asked[8]!.answer()
    await first
    for (let used = 0; used < 20; used += 1) {
      const done = spend()
      await settle()
      asked.at(-1)!.answer()
      await done
    }
    expect(asked.slice(8).length).toBeLessThan(15)
  })

  test('for want of an endpoint is forgiven: the files after it are not asked for one by one', async () => {
    const { asked, queue, outcome, spend, settle, clock } = setUp(200)
    const first = outcome(queue.shift()!)
    await settle()
    asked[0]!.fail(unreachable())
    await clock.advance(500)
    asked[1]!.answer()
    await first
    for (let used = 0; used < 50; used++) {
      const done = spend()
      await settle()
      asked.at(-1)!.answer()
      await done
    }
    expect(asked.length).toBeLessThan(20)
  })

  test('for want of an endpoint is told to all that wait once its tries are over, though they are not all in it', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(3, { retry: { attempts: 2 } })
    const outcomes = Promise.all(queue.splice(0).map((each) => outcome(each)))
    await settle()
    asked[0]!.fail(unreachable())
    await clock.advance(500)
    asked[1]!.fail(unreachable())
    await settle()
    expect(asked.map(({ names }) => names.length)).toEqual([3, 1])
    expect(await outcomes).toMatchObject(Array(3).fill({ code: 'policy-unreachable' }))
  })

  test('for want of an endpoint, however long, makes none smaller when it is there again', async () => {
    const { asked, queue, outcome, settle, clock } = setUp(100, { retry: { attempts: 9 } })
    const outcomes = Promise.all(queue.splice(0).map((each) => outcome(each)))
    await settle()
    for (let at = 0; at < 4; at++) {
      asked[at]!.fail(unreachable())
      while (asked.length === at + 1) await clock.advance(500)
    }
    asked[4]!.answer()
    await settle()
    expect(asked.map(({ names }) => names.length)).toEqual([100, 1, 1, 1, 1, 99])
    asked[5]!.answer()
    await outcomes
  })

  test('because of one file fails that file alone', async () => {
    const { asked, queue, outcome, settle } = setUp(2)
    const outcomes = Promise.all([outcome(queue.shift()!), outcome(queue.shift()!)])
    await settle()
    asked[0]!.fail(refused(403))
    await settle()
    expect(asked[1]!.names).toEqual(['0'])
    asked[1]!.fail(refused(403))
    await settle()
    expect(asked[2]!.names).toEqual(['1'])
    asked[2]!.answer()
    expect(await outcomes).toMatchObject([{ code: 'policy-refused' }, { post: {} }])
  })
})
