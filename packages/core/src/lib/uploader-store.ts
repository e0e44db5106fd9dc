import type { Clock } from './clock.ts'
import { createItemTable } from './item-table.ts'
import { become, type NextState } from './item-transitions.ts'
import { subscribeTo, tell } from './listeners.ts'
import { onceAfterTurn } from './once-after-turn.ts'
import type { FileRejection } from './restrict/restrictions.ts'
import { createTotalsTally } from './totals-tally.ts'
import { isSettled, type UploadItem, type UploadItemBase, type UploadItemIn } from './upload-item.ts'
import { eventOf, type UploaderEvent } from './uploader-events.ts'
import type { UploaderSnapshot, UploadTotals } from './uploader-snapshot.ts'

/** What is true of the whole list. */
export type StoreFlags = Pick<UploaderSnapshot, 'paused' | 'offline' | 'rejections'>

/** What apps read of it themselves. */
export interface StoreView {
  readonly getItem: (id: string) => UploadItem | undefined
  readonly getSnapshot: () => UploaderSnapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly subscribeItem: (id: string, listener: () => void) => () => void
  readonly onEvent: (listener: (event: UploaderEvent) => void) => () => void
}

/** All state of one uploader, and who wants to know of it. Reading shows every change at once; listeners hear of them together. */
export interface UploaderStore extends StoreView {
  readonly view: StoreView
  readonly add: (items: readonly UploadItem[]) => void
  /** Changes the status, where it may change, and tells it as an event. */
  readonly become: (id: string, state: NextState) => void
  /** Changes what an item has in every status. @param byApp told at once. @default true, as for the others */
  readonly amend: (id: string, part: Partial<UploadItemBase>, byApp?: boolean) => void
  /** An upload is further on its way. */
  readonly advance: (before: UploadItemIn<'uploading'>, after: UploadItemIn<'uploading'>) => void
  /** Looks before each frame for what there is to show. Returns whether all that is under way tell how far they are. */
  readonly beforePaint: (look: (now: number) => boolean) => void
  /** Looks now, without a frame: calls no listener. */
  readonly look: () => void
  /** With the next frame. */
  readonly paintSoon: () => void
  readonly remove: (ids: Iterable<string>, byApp?: boolean) => void
  readonly move: (id: string, index: number) => void
  readonly set: (flags: Partial<StoreFlags>, byApp?: boolean) => void
  readonly flags: () => StoreFlags
  /** Files that the list does not take, or takes no longer. */
  readonly reject: (rejections: readonly FileRejection[], byApp?: boolean) => void
  readonly totals: () => UploadTotals
  /** Bytes per second of all together, as of the last frame. */
  readonly speed: () => number | null | undefined
  readonly emit: (event: UploaderEvent) => void
  /** Stops the frame that is due. */
  readonly release: () => void
}

/** Milliseconds: about 60 commits a second at most, whatever the number of files. A timer goes on, slowly, in a page that nobody looks at. */
const frame = 16
/** Milliseconds without a word of any upload, after which all are looked at: what has stood still for long enough has no speed. */
const silence = 1_000

export function createUploaderStore(clock: Clock): UploaderStore {
  const table = createItemTable()
  const tally = createTotalsTally()
  const listeners = new Set<() => void>()
  const eventListeners = new Set<(event: UploaderEvent) => void>()
  /** Who came into another status since all was over: those of them that have ended are told of then. */
  const changed = new Set<string>()
  let ids: string[] = []
  /** Some of them have gone: who takes out one after the other does not go through all for each. */
  let gaps = false
  /** What the last snapshot holds, which stays as it is. */
  let sharedIds: readonly string[] | null = null
  let flags: StoreFlags = { paused: false, offline: false, rejections: [] }
  let snapshot: UploaderSnapshot | null = null
  /** Listeners have not been told yet of what changed. */
  let stale = false
  const events: UploaderEvent[] = []
  /** Something is or was under way of whose end nobody has been told. */
  let owing = false
  /** Nothing was under way a turn ago, and the list was shown so. */
  let resting = false
  let look = (_now: number): boolean => true
  /** A frame is due. */
  let frameDue = false
  /** Stops it, or the wait for a word. */
  let stopTimer: (() => void) | undefined

  const closeGaps = (): void => {
    if (gaps) ids = ids.filter(table.get)
    gaps = false
  }
  const commit = (): void => {
    if (!stale) return
    // Before they are told: what a listener changes is told again.
    stale = false
    tell(listeners)
  }
  const commitSoon = onceAfterTurn(commit)
  const tellEvents = (): void => {
    const over = resting && tally.idle()
    const ended = over ? [...changed].flatMap((id) => table.get(id) ?? []).filter(isSettled) : []
    owing &&= !over
    for (const event of events.splice(0)) tell(eventListeners, event)
    // Shown not with the next frame, and told a turn later: an app that submits its form when all is over has rendered the last key by then.
    resting = owing && tally.idle()
    if (resting) {
      commit()
      tellEventsSoon()
    }
    // Who goes on as he hears how another ended is not told that all is over, not even where he has canceled it by now: that is told first.
    if (!over || owing) return
    changed.clear()
    tell(eventListeners, { type: 'queue-settled', items: ended })
  }
  const tellEventsSoon = onceAfterTurn(tellEvents)
  const emit = (event: UploaderEvent): void => {
    events.push(event)
    tellEventsSoon()
  }
  const later = (ms: number, act: () => void): void => {
    stopTimer?.()
    stopTimer = clock.after(ms, act)
  }
  const paintSoon = (): void => {
    if (!frameDue) later(frame, paint)
    frameDue = true
  }

  /** What the app did is committed in the same turn, what uploads did with the next frame. */
  const touch = (byApp = true): void => {
    snapshot = null
    stale = true
    if (byApp) commitSoon()
    else paintSoon()
  }

  const put = (id: string, before: UploadItem | undefined, after: UploadItem | undefined, byApp?: boolean): void => {
    table.set(id, after)
    tally.count(before, after)
    owing ||= !tally.idle()
    // So that what the app canceled leaves no timer behind.
    if (tally.idle()) paintSoon()
    touch(byApp)
  }

  const paint = (): void => {
    const now = clock.now()
    const told = look(now)
    // The speed goes on also where nobody reads the totals.
    tally.totals(now)
    frameDue = false
    // Of a way without progress nobody knows whether it stands still.
    if (told && tally.speed()) later(silence, () => touch(false))
    commit()
  }

  const view: StoreView = {
    getItem: table.get,
    getSnapshot() {
      closeGaps()
      sharedIds = ids
      return (snapshot ??= { items: table.view(ids), ids, totals: tally.totals(clock.now()), ...flags })
    },
    subscribe: (listener) => subscribeTo(listeners, listener),
    subscribeItem(id, listener) {
      let seen = table.get(id)
      return subscribeTo(listeners, () => {
        const item = table.get(id)
        if (item === seen) return
        seen = item
        listener()
      })
    },
    onEvent: (listener) => subscribeTo(eventListeners, listener),
  }

  return {
    ...view,
    view,
    add(items) {
      closeGaps()
      if (ids === sharedIds) ids = [...ids]
      for (const item of items) {
        ids.push(item.id)
        put(item.id, undefined, item)
      }
    },
    become(id, state) {
      const before = table.get(id)
      if (!before) return
      const after = become(before, state)
      if (after === before) return
      // Only the app cancels, and only it queues again.
      put(id, before, after, state.status === 'canceled' || state.status === 'queued')
      changed.add(id)
      const event = eventOf(after)
      if (event) emit(event)
    },
    amend(id, part, byApp) {
      const before = table.get(id)
      if (before) put(id, before, { ...before, ...part }, byApp)
    },
    advance(before, after) {
      put(before.id, before, after, false)
      emit({ type: 'upload-progressed', item: after })
    },
    beforePaint(given) {
      look = given
    },
    paintSoon,
    remove(gone, byApp) {
      for (const id of gone) {
        const item = table.get(id)
        if (!item) continue
        gaps = true
        changed.delete(id)
        put(id, item, undefined, byApp)
        emit({ type: 'item-removed', item })
      }
    },
    move(id, index) {
      closeGaps()
      const others = ids.filter((other) => other !== id)
      const at = ids.indexOf(id)
      others.splice(Math.max(0, index), 0, id)
      if (at >= 0 && others[at] !== id) {
        ids = others
        touch()
      }
    },
    flags: () => flags,
    totals: () => tally.totals(clock.now()),
    look: () => look(clock.now()),
    speed: tally.speed,
    set(next, byApp) {
      flags = { ...flags, ...next }
      touch(byApp)
    },
    emit,
    reject(rejections, byApp) {
      flags = { ...flags, rejections: [...flags.rejections, ...rejections] }
      touch(byApp)
      emit({ type: 'files-rejected', rejections })
    },
    release() {
      stopTimer?.()
      frameDue = false
      // What the frame would have shown.
      commitSoon()
    },
  }
}
