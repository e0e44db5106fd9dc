import { onceAfterTurn } from './once-after-turn.ts'
import { fromRecord, toJob, toRecord, type KeptJob } from './recovery/kept-item.ts'
import { createNoteWriter } from './recovery/note-writer.ts'
import { everKept } from './recovery/ever-kept.ts'
import { answered } from './recovery/answered.ts'
import { createRecordWriter, portion } from './recovery/record-writer.ts'
import { createRecoveryStore, type SentNote } from './recovery/recovery.ts'
import { noteOfFailure, noteOfSending, toNote } from './recovery/sent-note.ts'
import { isSettled, type UploadItem, type UploadItemIn } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { UploaderOptions } from './uploader.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface KeptItems {
  readonly items: readonly UploadItem[]
  readonly jobs: ReadonlyMap<string, KeptJob>
}

/** Keeps what an uploader holds over a reload. Loaded only where the option `recovery` is set. */
export interface Recovery {
  /** The items that an earlier page left behind, unfinished ones as `queued`, and those in doubt that had failed as `error`. */
  readonly load: () => Promise<KeptItems>
  /** Writes what no event has told: what is to be sent again, what happened in this turn. */
  readonly catchUp: () => void
  /** What is its own of these, also after `stop`. Returns whether anything else is. */
  readonly forget: (ids: readonly string[]) => boolean
  readonly stop: () => Leaving
}

/** What is still being written for a list that was left: that something is gone must not overtake that it is wanted again. */
export interface Leaving {
  readonly written: Promise<unknown>
  /** What is to be there when it is written. */
  readonly known: ReadonlyMap<string, unknown>
}

export interface RecoveryPorts {
  readonly store: UploaderStore
  readonly jobs: ReadonlyMap<string, UploadJob>
  readonly options: () => UploaderOptions
}

/** Until then the browser's store of that name takes what uploaders of this page have left for theirs. */
const leaving = new Map<unknown, Promise<unknown>>()
/** As they were when an uploader let go of them: they may be another page's by now. */
const letGo = new WeakSet<UploadItem>()
/** Other pages of the same name count, too. Before `load` below all of theirs, as what it finds comes after it in the list, and then above. */
let nextPlace = -Date.now()

/** @param former of the same list */
export function startRecovery({ store, jobs, options }: RecoveryPorts, former?: Leaving): Recovery {
  const { recovery = 'default' } = options()
  const kept = typeof recovery === 'string' ? createRecoveryStore({ name: recovery }) : recovery
  /** After what others have left: what of it is still to be written, this one may have taken out. */
  let last: Promise<unknown> = Promise.all([leaving.get(recovery), former?.written])
  /** The last note of each: a removal that waits for the copying of a file, in another tab maybe, takes also what was noted meanwhile. */
  const noted = new Map<string, SentNote>()
  const ever = everKept(jobs)
  /** What is kept, and whether with its result. */
  const known = new Map<string, boolean>()
  /** What is kept as `prepare` has made it. */
  const prepared = new Set<string>()
  /** What came from there, until it is in the list: saved again, its file would be copied again, and there may be room for one copy alone. */
  const restored = new Set<string>()
  /** To be removed, and of these `gone` to be noted as taken out, after this turn. */
  const unwanted = new Set<string>()
  const gone = new Set<string>()
  /** Items whose failure is noted: of a list in which thousands have failed one that is tried again is not thousands of writes. */
  const failures = new WeakSet<UploadItem>()
  /** Its items may be another page's, and so are their notes. */
  let closed = false
  let stopped = false
  /** Of all that may be kept under its name. */
  const places = new Map<string, number>()
  /** Where nothing can be kept, each file that starts, and each that ends, would tell it again. */
  let told = false
  const failed = (error: unknown): void => {
    if (!told) store.emit({ type: 'recovery-failed', error })
    told = true
  }
  /** Apart from that: a note is not to wait for the copying of files. */
  const notes = createNoteWriter(kept, failed, typeof recovery === 'string')
  /** One after the other, or a removal could overtake the saving. */
  const next = (write: () => Promise<void>): void => {
    last = last.then(write).catch(failed)
  }
  // Not what was taken out, or stored, while it waited.
  const writer = createRecordWriter(kept, ({ id, result }) => known.get(id) === (result !== null), failed)
  const note = (ids: readonly string[], sent: SentNote | null): void => {
    if (!sent) return
    for (const id of ids) noted.set(id, sent)
    notes.note(ids, sent)
  }
  // What the former still takes out goes with what is noted meanwhile, also of a file that is wanted again.
  if (former)
    next(async () => {
      for (const [id, sent] of noted) if (known.has(id)) note([id], sent)
      await notes.written()
    })
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? nextPlace++
    places.set(id, place)
    return place
  }
  const noteSending = (item: UploadItem): void => {
    note([item.id], noteOfSending(item, jobs.get(item.id), noted.get(item.id), !!options().confirm))
  }
  const noteFailure = (item: UploadItemIn<'error' | 'retrying'>): void => {
    if (failures.has(item)) return
    failures.add(item)
    note([item.id], noteOfFailure(item, jobs.get(item.id), noted.get(item.id), !!options().confirm))
  }
  const save = (items: readonly UploadItem[]): void => {
    for (const { id, status } of items) {
      known.set(id, status === 'success')
      ever.add(id)
      gone.delete(id)
    }
    const records = items.flatMap((item) => (restored.delete(item.id) ? [] : toRecord(item, placeOf(item.id), !!jobs.get(item.id)?.prepared)))
    for (const record of records) if (record.prepared) prepared.add(record.id)
    writer.add(records)
    next(writer.write)
    // Canceled and wanted again, it is still in doubt. One that has failed is a person's to decide.
    for (const item of items) if (item.status !== 'error') noteSending(item)
  }
  /** Of all that were taken out in this turn together: a list of thousands is cleared at once. */
  const remove = (): void => {
    const ids = [...unwanted]
    unwanted.clear()
    if (ids.length === 0) return
    // What is none of this uploader's, as what was left in its list by destroy, may be another page's by now.
    const own = ids.filter((id) => gone.delete(id))
    if (!closed) note(own, { ...toNote(null), gone: true })
    const written = notes.written()
    next(async () => {
      await written
      // Not what was wanted again meanwhile.
      const out = ids.filter((id) => !known.has(id))
      for (let at = 0; at < out.length; at += portion) await kept.remove(out.slice(at, at + portion))
      for (const id of out) {
        const sent = noted.get(id)
        if (!known.has(id)) noted.delete(id)
        else if (sent) note([id], sent)
      }
      await notes.written()
      if (!closed) await writer.removed(out)
    })
  }
  const removeSoon = onceAfterTurn(remove)
  const forget = (ids: readonly string[]): void => {
    for (const id of ids) {
      if (known.delete(id)) gone.add(id)
      prepared.delete(id)
      unwanted.add(id)
    }
    removeSoon()
  }

  const catchUp = (): void => {
    const items = [...store.getSnapshot().items].filter((item) => !letGo.has(item))
    const wanted = new Set(items.flatMap(({ id, status }) => (status === 'canceled' ? [] : id)))
    forget([...known.keys()].filter((id) => !wanted.has(id)))
    const news = items.filter(({ id, status }) => wanted.has(id) && known.get(id) !== (status === 'success'))
    // What is there of them may be noted as gone, or as left for anybody, and there may be no room to save them again.
    note(
      news.flatMap((item) => (isSettled(item) ? [] : item.id)),
      toNote(null),
    )
    save(news)
    for (const item of items) if (item.status === 'error') noteFailure(item)
  }

  const noteStart = (item: UploadItem): void => {
    // Prepared anew after a reload it may be another file, which storage would not be found to have.
    if (options().confirm && jobs.get(item.id)?.prepared && !prepared.has(item.id)) save([item])
    else noteSending(item)
  }

  const stopListening = store.onEvent((event) => {
    if (event.type === 'files-added') {
      told = false
      save(event.items.filter(({ id }) => !known.has(id)))
    } else if (event.type === 'upload-started') noteStart(event.item)
    // With a server to ask it was noted as it started, where there was one by then.
    else if (event.type === 'upload-progressed' && !(options().confirm && noted.get(event.item.id)?.key)) noteSending(event.item)
    else if (event.type === 'upload-failed' || event.type === 'upload-retried') noteFailure(event.item)
    else if (event.type === 'upload-succeeded') {
      const { id, result } = event.item
      // What is saved of it may have to wait for the copying of a file.
      note([id], { ...toNote(null), result, stored: true })
      save([event.item])
    } else if (event.type === 'upload-canceled' || event.type === 'item-removed') {
      const { id } = event.item
      forget([id])
      if (!store.getItem(id)) places.delete(id)
    }
  })
  // What was added while this part was being loaded.
  catchUp()

  return {
    async load() {
      await answered(async () => leaving.get(recovery))
      const found = await kept.load()
      // The next reads them itself, and by now some may be wanted again.
      if (stopped) return { items: [], jobs: new Map() }
      // Not what was wanted again while it was read, or as the list was left.
      forget(found.flatMap(({ id, sent }) => (sent?.gone && !known.has(id) && !former?.known.has(id) ? id : [])))
      const records = found.filter(({ sent }) => !sent?.gone)
      writer.found(records)
      nextPlace = Math.max(nextPlace, Date.now())
      for (const { id, order, result, sent, prepared: isPrepared } of records) {
        // Of one that was only noted as stored the file is still there, and goes when it is saved.
        if (!store.getItem(id) && (result !== null || !sent?.stored)) restored.add(id)
        if (isPrepared) prepared.add(id)
        places.set(id, order)
        nextPlace = Math.max(nextPlace, order + 1)
      }
      const { confirm, autoUpload } = options()
      return {
        items: records.filter(({ id }) => !ever.has(id)).map((record) => fromRecord(record, !!confirm, autoUpload === false)),
        jobs: new Map(records.map((record) => [record.id, toJob(record, !!confirm)])),
      }
    },
    catchUp,
    forget(ids) {
      forget(ids.filter((id) => places.delete(id)))
      return places.size > 0
    },
    stop() {
      stopped = true
      stopListening()
      // Events are told after the turn, and this hears no more of them.
      catchUp()
      for (const item of store.getSnapshot().items) if (item.status === 'uploading') noteStart(item)
      for (const id of places.keys()) if (!store.getItem(id)) places.delete(id)
      for (const item of store.getSnapshot().items) letGo.add(item)
      remove()
      const left = Promise.all([leaving.get(recovery), last, notes.written()])
        .then(() => {
          closed = true
          kept.close()
        })
        .catch(failed)
      // A store of the app's own may write for ever.
      if (typeof recovery === 'string') leaving.set(recovery, left)
      return { written: left, known }
    },
  }
}
