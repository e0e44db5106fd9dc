import type { Clock } from './clock.ts'
import { createItemTable } from './item-table.ts'
import { changeItem, type ItemChange } from './item-transitions.ts'
import { measure, startMeter, type ProgressMeter } from './progress-meter.ts'
import { createTotalsTally } from './totals-tally.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import type { UploaderEvent } from './uploader-events.ts'
import type { UploaderSnapshot, UploadTotals } from './uploader-snapshot.ts'

/** What is true of the whole list. */
export type StoreFlags = Pick<UploaderSnapshot, 'paused' | 'offline' | 'rejections'>

/** All state of one uploader, and who wants to know of it. Reading shows every change at once; listeners hear of them together. */
export interface UploaderStore {
  readonly getItem: (id: string) => UploadItem | undefined
  readonly getSnapshot: () => UploaderSnapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly subscribeItem: (id: string, listener: () => void) => () => void
  readonly onEvent: (listener: (event: UploaderEvent) => void) => () => void
  readonly add: (items: readonly UploadItem[]) => void
  /** Returns the item as it is now; `undefined` when there is none. */
  readonly change: (id: string, change: ItemChange) => UploadItem | undefined
  /** Shown with the next frame, together with everybody else's. */
  readonly progress: (id: string, sent: number | null, phase: 'sending' | 'waiting') => void
  /** Returns the items that were there. */
  readonly remove: (ids: ReadonlySet<string>) => readonly UploadItem[]
  readonly move: (id: string, index: number) => void
  readonly set: (flags: Partial<StoreFlags>) => void
  readonly flags: () => StoreFlags
  readonly totals: () => UploadTotals
  readonly emit: (event: UploaderEvent) => void
  /** Forgets listeners and stops the frame that is due. */
  readonly release: () => void
}

export function createUploaderStore(clock: Clock): UploaderStore {
  const table = createItemTable()
  const tally = createTotalsTally()
  const listeners = new Set<() => void>()
  const itemListeners = new Map<string, Set<() => void>>()
  const eventListeners = new Set<(event: UploaderEvent) => void>()
  const meters = new Map<string, ProgressMeter>()
  const pending = new Map<string, { readonly sent: number | null; readonly phase: 'sending' | 'waiting' }>()
  let order: string[] = []
  let orderShared = false
  let flags: StoreFlags = { paused: false, offline: false, rejections: [] }
  let snapshot: UploaderSnapshot | null = null
  let changed = new Set<string>()
  let events: UploaderEvent[] = []
  let settled = new Set<string>()
  let flushing = false
  let stopFrame: (() => void) | null = null

  const ownOrder = (): string[] => {
    if (orderShared) order = [...order]
    orderShared = false
    return order
  }

  const flush = (): void => {
    flushing = false
    if (settled.size > 0 && tally.idle()) {
      const items = [...settled].flatMap((id) => table.get(id) ?? []).filter(isSettled)
      settled = new Set()
      if (items.length > 0) events.push({ type: 'queue-settled', items })
    }
    const ids = changed
    const told = events
    changed = new Set()
    events = []
    for (const id of ids) for (const listener of itemListeners.get(id) ?? []) safely(listener)
    for (const listener of listeners) safely(listener)
    for (const event of told) for (const listener of eventListeners) safely(() => listener(event))
  }

  const touch = (id?: string): void => {
    snapshot = null
    if (id !== undefined) changed.add(id)
    if (flushing) return
    flushing = true
    queueMicrotask(flush)
  }

  const put = (id: string, before: UploadItem | null, after: UploadItem | null): void => {
    table.set(id, after ?? undefined)
    tally.count(before, after)
    if (after?.status !== 'uploading') meters.delete(id)
    if (after !== null && isSettled(after) && before !== null && !isSettled(before)) settled.add(id)
    touch(id)
  }

  const showProgress = (): void => {
    stopFrame = null
    const now = clock.now()
    for (const [id, { sent, phase }] of pending) {
      const item = table.get(id)
      if (item?.status !== 'uploading') continue
      const meter = measure(meters.get(id) ?? startMeter(now, 0), now, sent ?? 0)
      meters.set(id, meter)
      const next = changeItem(item, { type: 'progress', sent, phase, speed: sent === null ? null : meter.speed })
      if (next === item) continue
      put(id, item, next)
      events.push({ type: 'upload-progressed', item: next })
    }
    pending.clear()
  }

  return {
    getItem: (id) => table.get(id),
    getSnapshot() {
      if (snapshot === null) {
        orderShared = true
        snapshot = { items: table.view(order), ids: order, totals: tally.totals(clock.now()), ...flags }
      }
      return snapshot
    },
    subscribe: (listener) => subscribeTo(listeners, listener),
    subscribeItem(id, listener) {
      const own: Set<() => void> = itemListeners.get(id) ?? new Set()
      itemListeners.set(id, own)
      const stop = subscribeTo(own, listener)
      return () => {
        stop()
        if (own.size === 0 && itemListeners.get(id) === own) itemListeners.delete(id)
      }
    },
    onEvent: (listener) => subscribeTo(eventListeners, listener),
    add(items) {
      const ids = ownOrder()
      for (const item of items) {
        ids.push(item.id)
        put(item.id, null, item)
      }
    },
    change(id, change) {
      const before = table.get(id)
      if (before === undefined) return undefined
      pending.delete(id)
      const after = changeItem(before, change)
      if (after === before) return before
      if (after.status === 'uploading' && before.status !== 'uploading') meters.set(id, startMeter(clock.now(), 0))
      put(id, before, after)
      return after
    },
    progress(id, sent, phase) {
      pending.set(id, { sent, phase })
      stopFrame ??= clock.frame ? clock.frame(showProgress) : clock.after(16, showProgress)
    },
    remove(ids) {
      const items = [...ids].flatMap((id) => table.get(id) ?? [])
      if (items.length === 0) return items
      order = order.filter((id) => !ids.has(id))
      orderShared = false
      for (const item of items) {
        pending.delete(item.id)
        put(item.id, item, null)
      }
      return items
    },
    move(id, index) {
      const from = order.indexOf(id)
      if (from < 0) return
      const ids = ownOrder()
      ids.splice(from, 1)
      ids.splice(Math.max(0, Math.min(index, ids.length)), 0, id)
      touch()
    },
    flags: () => flags,
    totals: () => tally.totals(clock.now()),
    set(next) {
      flags = { ...flags, ...next }
      touch()
    },
    emit(event) {
      events.push(event)
      touch()
    },
    release() {
      stopFrame?.()
      stopFrame = null
      pending.clear()
      listeners.clear()
      itemListeners.clear()
      eventListeners.clear()
    },
  }
}

function subscribeTo<Input extends readonly unknown[]>(all: Set<(...input: Input) => void>, listener: (...input: Input) => void): () => void {
  // A listener given twice is called twice, and each stop stops its own.
  const own = (...input: Input): void => listener(...input)
  all.add(own)
  return () => {
    all.delete(own)
  }
}

/** An app's listener that throws is the app's to hear of; the queue goes on. */
function safely(call: () => void): void {
  try {
    call()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
