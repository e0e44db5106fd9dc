import {
  isBusy,
  isSettled,
  type FileRejection,
  type FileInput,
  type UploadItem,
  type Uploader,
  type UploaderEvent,
  type UploaderSnapshot,
  type UploadState,
  type UploadTotals,
} from '@cosdrop/core'

export interface StagedItem {
  readonly name: string
  /** Bytes. @default those of `file` */
  readonly size?: number
  readonly file?: Blob
  readonly type?: string
  readonly relativePath?: string
  /** It waits for `start()`. */
  readonly unstarted?: boolean
  readonly state: UploadState
}

export interface Stage {
  readonly items?: readonly StagedItem[]
  readonly rejections?: readonly FileRejection[]
  readonly paused?: boolean
  readonly offline?: boolean
  /** Bytes per second of all together. */
  readonly speed?: number
  /** `false`: what is added waits for `start()`. */
  readonly autoUpload?: boolean
}

/** An uploader in which nothing moves but what the test, or the story, moves. */
export interface StagedUploader extends Uploader {
  /** Puts an item into a state, as the engine would: replaces it and tells everyone. */
  stage(id: string, state: UploadState): void
  reject(rejections: readonly FileRejection[]): void
}

/** Items, commands and events like an uploader's, without an engine: for every state in which a widget can be, and for none that passes by. */
export function createStagedUploader({
  items = [],
  rejections = [],
  paused = false,
  offline = false,
  speed,
  autoUpload = true,
}: Stage = {}): StagedUploader {
  const listeners = new Set<() => void>()
  const itemListeners = new Map<string, Set<() => void>>()
  const eventListeners = new Set<(event: UploaderEvent) => void>()
  const byId = new Map<string, UploadItem>()
  let count = 0
  let snapshot: UploaderSnapshot

  function put({
    name,
    size,
    file = new Blob(),
    type = file.type,
    relativePath = null,
    unstarted = false,
    state,
  }: Omit<StagedItem, 'relativePath'> & { readonly relativePath?: string | null | undefined }): UploadItem {
    const item = { id: `staged-${(count += 1)}`, file, name, size: size ?? file.size, type, relativePath, priority: 0, unstarted, ...state }
    byId.set(item.id, item)
    return item
  }
  function commit(change: Partial<Pick<UploaderSnapshot, 'rejections' | 'paused' | 'offline'>> = {}, idsChanged = false): void {
    const now = new Map(byId)
    snapshot = {
      ...snapshot,
      ...change,
      items: { size: now.size, get: (id) => now.get(id), [Symbol.iterator]: () => now.values() },
      ids: idsChanged ? [...now.keys()] : snapshot.ids,
      totals: sum(now.values(), speed ?? null),
    }
    for (const listener of listeners) listener()
  }
  const tell = (event: UploaderEvent): void => {
    for (const listener of eventListeners) listener(event)
  }
  const tellItem = (id: string): void => {
    for (const listener of itemListeners.get(id) ?? []) listener()
  }
  function stage(id: string, state: UploadState): void {
    const before = byId.get(id)
    if (before === undefined) return
    const { file, name, size, type, relativePath, priority } = before
    const item: UploadItem = { id, file, name, size, type, relativePath, priority, ...state }
    byId.set(id, item)
    commit()
    tellItem(id)
    if (item.status === 'uploading' && before.status !== 'uploading') tell({ type: 'upload-started', item })
    else if (item.status === 'uploading') tell({ type: 'upload-progressed', item })
    if (item.status === 'success') tell({ type: 'upload-succeeded', item })
    if (item.status === 'error') tell({ type: 'upload-failed', item })
    if (item.status === 'canceled') tell({ type: 'upload-canceled', item })
    if (isSettled(item) && !before.unstarted && [...byId.values()].every((other) => isSettled(other) || other.unstarted))
      tell({ type: 'queue-settled', items: [...byId.values()].filter(isSettled) })
  }
  function drop(ids: readonly string[]): void {
    const gone = ids.flatMap((id) => byId.get(id) ?? [])
    for (const { id } of gone) byId.delete(id)
    commit({}, true)
    for (const item of gone) {
      tellItem(item.id)
      tell({ type: 'item-removed', item })
    }
  }
  function add(files: Iterable<Blob | FileInput>): readonly string[] {
    const added = [...files].map((input) => {
      const { file, name, relativePath }: FileInput = input instanceof Blob ? { file: input } : input
      return put({
        name: name ?? (file instanceof File ? file.name : 'blob'),
        file,
        relativePath,
        unstarted: !autoUpload,
        state: { status: 'queued' },
      })
    })
    commit({ rejections: [] }, true)
    tell({ type: 'files-added', items: added })
    return added.map(({ id }) => id)
  }
  const never = (): never => {
    throw new Error('A staged uploader sends nothing.')
  }

  for (const item of items) put(item)
  const start: UploaderSnapshot = {
    items: { size: 0, get: () => undefined, [Symbol.iterator]: () => [].values() },
    ids: [],
    rejections,
    totals: sum([], null),
    paused,
    offline,
  }
  snapshot = start
  commit({}, true)

  return {
    stage,
    reject(next) {
      commit({ rejections: next })
      tell({ type: 'files-rejected', rejections: next })
    },
    add,
    start(id) {
      for (const item of id === undefined ? byId.values() : [byId.get(id)]) if (item?.unstarted) stage(item.id, { status: 'queued' })
    },
    restore: () => Promise.resolve([]),
    upload: never,
    uploadAsync: never,
    cancel(id) {
      for (const item of id === undefined ? byId.values() : [byId.get(id)])
        if (item !== undefined && !isSettled(item)) stage(item.id, { status: 'canceled' })
    },
    retry(id) {
      for (const item of id === undefined ? byId.values() : [byId.get(id)])
        if (item?.status === 'error' || id !== undefined) stage(item?.id ?? '', { status: 'queued' })
    },
    remove: (id) => drop([id]),
    clear: (which = 'settled') => drop([...byId.values()].filter((item) => which === 'all' || isSettled(item)).map(({ id }) => id)),
    pause: () => commit({ paused: true }),
    resume: () => commit({ paused: false }),
    setPriority: () => {},
    move: () => {},
    dismissRejections: () => commit({ rejections: [] }),
    setOptions: () => {},
    getItem: (id) => byId.get(id),
    getSnapshot: () => snapshot,
    subscribe: (listener) => keep(listeners, listener),
    subscribeItem(id, listener) {
      const set = itemListeners.get(id) ?? new Set()
      itemListeners.set(id, set)
      return keep(set, listener)
    },
    onEvent: (listener) => keep(eventListeners, listener),
    destroy: () => {},
  }
}

function keep<Listener>(set: Set<Listener>, listener: Listener): () => void {
  set.add(listener)
  return () => set.delete(listener)
}

function sentOf(item: UploadItem): number {
  if (item.status === 'success') return item.size
  if (item.status === 'confirming') return Math.max(0, item.size - 1)
  return item.status === 'uploading' && item.progress.kind === 'bytes' ? item.progress.sent : 0
}

function sum(items: Iterable<UploadItem>, speed: number | null): UploadTotals {
  const all = [...items]
  const counted = all.filter(({ status }) => status !== 'canceled')
  const of = (status: UploadItem['status']): number => all.filter((item) => item.status === status).length
  const bytes = counted.reduce((total, { size }) => total + size, 0)
  const sentBytes = counted.reduce((total, item) => total + sentOf(item), 0)
  return {
    files: counted.length,
    succeeded: of('success'),
    failed: of('error'),
    canceled: of('canceled'),
    active: all.filter((item) => isBusy(item) || item.status === 'retrying').length,
    queued: of('queued'),
    unstarted: all.filter((item) => item.unstarted).length,
    bytes,
    sentBytes,
    speed,
    remainingSeconds: speed === null ? null : (bytes - sentBytes) / speed,
  }
}
