import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { become } from './item-transitions.ts'
import { createLiveProgress } from './live-progress.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { plainResult } from './testing/plain-result.ts'
import { CosUploadError } from './upload-error.ts'
import { isBusy, type UploadItem, type UploadState } from './upload-item.ts'
import type { UploaderEvent } from './uploader-events.ts'
import { createUploaderStore, type UploaderStore } from './uploader-store.ts'

const error = new CosUploadError('network', 'down', { probe: null, url: '' })

function item(id: string, size = 100, unstarted = false): UploadItem {
  return Object.freeze({ id, file: new Blob(), name: id, size, type: '', relativePath: null, priority: 0, unstarted, status: 'queued' } as const)
}

function names(store: UploaderStore): string[] {
  return [...store.getSnapshot().items].map(({ id }) => id)
}

const ids = ['a', 'b', 'c', 'd', 'e'] as const
const anyId = fc.constantFrom(...ids)
const sending = (sent: number, phase: 'sending' | 'waiting' = 'sending'): UploadState => ({
  status: 'uploading',
  attempt: 1,
  progress: { kind: 'bytes', sent, total: 100 },
  phase,
  speed: null,
})
const anyState: fc.Arbitrary<UploadState> = fc.constantFrom<UploadState>(
  { status: 'queued' },
  { status: 'signing' },
  sending(0),
  sending(40),
  sending(80, 'waiting'),
  { status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 0, error },
  { status: 'confirming', attempt: 1 },
  { status: 'success', result: plainResult },
  { status: 'error', attempt: 1, error },
  { status: 'canceled' },
)
const anyStep = fc.oneof(
  fc.record({ do: fc.constant('add' as const), id: anyId, size: fc.nat(500), unstarted: fc.boolean() }),
  fc.record({ do: fc.constant('become' as const), id: anyId, state: anyState }),
  fc.record({ do: fc.constant('remove' as const), ids: fc.uniqueArray(anyId, { maxLength: 2 }) }),
  fc.record({ do: fc.constant('move' as const), id: anyId, index: fc.integer({ min: -2, max: 8 }) }),
  fc.record({ do: fc.constant('look' as const) }),
)

/** The sums as one would write them down without a thought for speed. */
function sum(items: readonly UploadItem[]) {
  const live = items.filter(({ status }) => status !== 'canceled')
  const sent = (one: UploadItem): number => {
    if (one.status === 'success') return one.size
    if (one.status === 'confirming') return Math.max(0, one.size - 1)
    return one.status === 'uploading' && one.progress.kind === 'bytes' ? one.progress.sent : 0
  }
  const total = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
  return {
    files: live.length,
    canceled: items.length - live.length,
    succeeded: items.filter(({ status }) => status === 'success').length,
    failed: items.filter(({ status }) => status === 'error').length,
    queued: items.filter(({ status }) => status === 'queued').length,
    unstarted: items.filter(({ unstarted }) => unstarted).length,
    active: items.filter((one) => isBusy(one) || one.status === 'retrying').length,
    bytes: total(live.map(({ size }) => size)),
    sentBytes: total(live.map(sent)),
  }
}

test('order, items and totals are those of a plain list, and a snapshot once taken stays as it was', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60, size: 'max' }), (steps) => {
      const store = createUploaderStore(createManualClock())
      let model: UploadItem[] = []
      const seen: { snapshot: ReturnType<UploaderStore['getSnapshot']>; model: readonly UploadItem[] }[] = []
      for (const step of steps) {
        if (step.do === 'add') {
          if (model.some(({ id }) => id === step.id)) continue
          model = [...model, item(step.id, step.size, step.unstarted)]
          store.add(model.slice(-1))
        } else if (step.do === 'become') {
          store.become(step.id, step.state)
          model = model.map((one) => (one.id === step.id ? become(one, step.state) : one))
        } else if (step.do === 'remove') {
          store.remove(new Set(step.ids))
          model = model.filter(({ id }) => !step.ids.some((other) => other === id))
        } else if (step.do === 'move') {
          store.move(step.id, step.index)
          const one = model.find(({ id }) => id === step.id)
          if (one === undefined) continue
          const others = model.filter((other) => other !== one)
          model = others.toSpliced(Math.max(0, Math.min(step.index, others.length)), 0, one)
        } else seen.push({ snapshot: store.getSnapshot(), model })
      }
      for (const { snapshot, model: then } of [...seen, { snapshot: store.getSnapshot(), model }]) {
        expect([...snapshot.items]).toEqual(then)
        expect(snapshot.ids).toEqual(then.map(({ id }) => id))
        expect(snapshot.items.size).toBe(then.length)
        expect(snapshot.totals).toMatchObject(sum(then))
      }
    }),
  )
})

test('an empty file that is asked about is not less than nothing', () => {
  const store = createUploaderStore(createManualClock())
  store.add([item('a', 0)])
  store.become('a', { status: 'confirming', attempt: 1 })
  expect(store.getSnapshot().totals).toMatchObject({ bytes: 0, sentBytes: 0 })
})

test('a place is one among those that are left', () => {
  const store = createUploaderStore(createManualClock())
  store.add(ids.map((id) => item(id)))
  store.remove(['a', 'c'])
  store.move('e', 1)
  expect(names(store)).toEqual(['b', 'e', 'd'])
  store.move('d', -1)
  expect(names(store)).toEqual(['d', 'b', 'e'])
})

describe('what listeners hear', () => {
  test('one call for everything that happened in one turn', async () => {
    const store = createUploaderStore(createManualClock())
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    store.add([item('a'), item('b')])
    store.become('a', { status: 'signing' })
    store.move('b', 0)
    expect(listener).not.toHaveBeenCalled()
    expect(names(store)).toEqual(['b', 'a'])
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('what uploads do is told once a frame, what the app does at once', async () => {
    const clock = createManualClock()
    const store = createUploaderStore(clock)
    const listener = vi.fn<() => void>()
    store.add([item('a'), item('b')])
    await Promise.resolve()
    store.subscribe(listener)
    store.become('a', { status: 'signing' })
    store.become('a', sending(0))
    await clock.advance(8)
    store.become('a', { status: 'error', attempt: 1, error })
    await clock.advance(7)
    expect(listener).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(listener).toHaveBeenCalledTimes(1)
    store.become('b', { status: 'signing' })
    store.set({ paused: true })
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(2)
    await clock.advance(100)
    expect(listener).toHaveBeenCalledTimes(2)
  })

  test('canceling and queueing again are the app’s doing: they are told at once', async () => {
    const store = createUploaderStore(createManualClock())
    store.add([item('a')])
    await Promise.resolve()
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    store.become('a', { status: 'canceled' })
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
    store.become('a', { status: 'queued' })
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(2)
  })

  test('what a listener changes is told to all, also to those who were told before it', async () => {
    const store = createUploaderStore(createManualClock())
    const seen: number[] = []
    store.subscribe(() => void seen.push(store.getSnapshot().ids.length))
    store.subscribe(() => {
      if (!store.getItem('b')) store.add([item('b')])
    })
    store.add([item('a')])
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
    expect(seen).toEqual([1, 2])
  })

  test('an item’s own listener hears of that item alone', async () => {
    const clock = createManualClock()
    const store = createUploaderStore(clock)
    store.add([item('a'), item('b')])
    await clock.advance(16)
    const a = vi.fn<() => void>()
    const b = vi.fn<() => void>()
    store.subscribeItem('a', a)
    const stop = store.subscribeItem('b', b)
    store.become('a', { status: 'signing' })
    await clock.advance(16)
    store.set({ paused: true })
    await Promise.resolve()
    expect(a).toHaveBeenCalledTimes(1)
    expect(b).not.toHaveBeenCalled()
    stop()
    store.remove(new Set(['a', 'b']))
    await Promise.resolve()
    expect(a).toHaveBeenCalledTimes(2)
    expect(b).not.toHaveBeenCalled()
  })

  test('the progress of all files together is told once a frame', async () => {
    const clock = createManualClock()
    const store = createUploaderStore(clock)
    const all = Array.from({ length: 50 }, (_, index) => item(`i${index}`))
    store.add(all)
    for (const { id } of all) store.become(id, sending(0))
    const tell = all.map(({ id }) => id).map(createLiveProgress(store))
    await Promise.resolve()
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    for (let sent = 1; sent < 30; sent += 1) for (const one of tell) one(sent, 'sending')
    await clock.advance(15)
    expect(listener).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(listener).toHaveBeenCalledTimes(1)
    expect(store.getSnapshot().totals.sentBytes).toBe(50 * 29)
  })

  test('late progress does not bring a canceled upload back', async () => {
    const clock = createManualClock()
    const store = createUploaderStore(clock)
    store.add([item('a')])
    store.become('a', sending(0))
    const tell = createLiveProgress(store)('a')
    tell(10, 'sending')
    store.become('a', { status: 'canceled' })
    tell(20, 'sending')
    await clock.advance(100)
    expect(store.getItem('a')).toMatchObject({ status: 'canceled' })
  })

  test('a listener that throws keeps nobody from hearing, and its error is not swallowed', async () => {
    const uncaught: unknown[] = []
    const note = (thrown: unknown): void => void uncaught.push(thrown)
    const old = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', note)
    try {
      const store = createUploaderStore(createManualClock())
      const listener = vi.fn<() => void>()
      store.subscribe(() => {
        throw new Error('mine')
      })
      store.subscribe(listener)
      store.add([item('a')])
      await new Promise((resolve) => setImmediate(resolve))
      expect(listener).toHaveBeenCalledTimes(1)
      expect(uncaught).toEqual([new Error('mine')])
    } finally {
      process.off('uncaughtException', note)
      for (const listener of old) process.on('uncaughtException', listener)
    }
  })

  test('a listener given twice is called twice, and each stop stops its own', async () => {
    const store = createUploaderStore(createManualClock())
    const listener = vi.fn<() => void>()
    const stop = store.subscribe(listener)
    store.subscribe(listener)
    stop()
    store.add([item('a')])
    await Promise.resolve()
    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('the end of all uploads is told once, with the items that ended', async () => {
    const store = createUploaderStore(createManualClock())
    const events: UploaderEvent[] = []
    const turns = () => Promise.resolve().then(() => {})
    store.onEvent((event) => void events.push(event))
    store.add([item('a'), item('b')])
    store.become('a', { status: 'error', attempt: 1, error })
    await Promise.resolve()
    expect(events).toMatchObject([{ type: 'upload-failed' }])
    store.become('b', { status: 'canceled' })
    await turns()
    store.set({ paused: true })
    await turns()
    expect(events.slice(1)).toMatchObject([{ type: 'upload-canceled' }, { type: 'queue-settled', items: [{ id: 'a' }, { id: 'b' }] }])
    store.add([item('c')])
    store.become('c', { status: 'canceled' })
    await turns()
    // Not those of the last time.
    expect(events.at(-1)).toEqual({ type: 'queue-settled', items: [store.getItem('c')] })
  })

  test('whoever hears that all is over has seen the list as it ended', async () => {
    const clock = createManualClock()
    const store = createUploaderStore(clock)
    const seen: string[] = []
    store.subscribe(() => seen.push([...store.getSnapshot().items].map(({ status }) => status).join()))
    // An interface that is rendered a turn after its list has changed, as React does it.
    store.subscribe(() => queueMicrotask(() => seen.push('rendered')))
    store.onEvent(({ type }) => void (type === 'queue-settled' && seen.push(type)))
    store.add([item('a')])
    await clock.advance(16)
    store.become('a', { status: 'error', attempt: 1, error })
    await clock.advance(16)
    expect(seen).toEqual(['queued', 'rendered', 'error', 'rendered', 'queue-settled'])
  })
})

describe('snapshots', () => {
  test('are the same object until something changes, and ids until the list does', () => {
    const store = createUploaderStore(createManualClock())
    store.add([item('a'), item('b')])
    const first = store.getSnapshot()
    expect(store.getSnapshot()).toBe(first)
    store.become('a', { status: 'signing' })
    const second = store.getSnapshot()
    expect(second).not.toBe(first)
    expect(second.ids).toBe(first.ids)
    store.remove(new Set(['a']))
    expect(store.getSnapshot().ids).toEqual(['b'])
    expect(first.ids).toEqual(['a', 'b'])
  })

  test('tell speed and remaining time over all running files', async () => {
    const clock = createManualClock()
    const store = createUploaderStore(clock)
    store.add([item('a', 10_000), item('b', 10_000)])
    const begin = createLiveProgress(store)
    for (const id of ['a', 'b']) store.become(id, sending(0))
    const [tellA, tellB] = [begin('a'), begin('b')]
    expect(store.getSnapshot().totals).toMatchObject({ speed: null, remainingSeconds: null })
    for (let second = 1; second <= 4; second += 1) {
      tellA(second * 1_000, 'sending')
      tellB(second * 500, 'sending')
      await clock.advance(1_000)
      store.getSnapshot()
    }
    const { speed, remainingSeconds } = store.getSnapshot().totals
    expect(speed).toBeGreaterThan(1_400)
    expect(speed).toBeLessThan(1_600)
    expect(remainingSeconds).toBeCloseTo((20_000 - 6_000) / Number(speed))
  })
})
