import { createRecoveryStore, type RecoveredItem, type SentNote } from './recovery/recovery.ts'
import { CosUploadError, type AnyUploadError } from './upload-error.ts'
import { leavesDoubt } from './upload-fate.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadDoubt, UploadJob } from './upload-job.ts'
import type { UploaderOptions } from './uploader.ts'
import type { UploaderStore } from './uploader-store.ts'

/** What is known of a kept item beside what is shown. */
export type KeptJob = Pick<UploadJob, 'prepared' | 'doubt'>

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
  /** Also after `stop`. */
  readonly forget: (ids: readonly string[]) => void
  readonly stop: () => void
}

export interface RecoveryPorts {
  readonly store: UploaderStore
  readonly jobs: ReadonlyMap<string, UploadJob>
  readonly options: () => UploaderOptions
}

export function startRecovery({ store, jobs, options }: RecoveryPorts): Recovery {
  const { recovery = 'default' } = options()
  const kept = typeof recovery === 'string' ? createRecoveryStore({ name: recovery }) : recovery
  let last: Promise<unknown> = Promise.resolve()
  /** What is kept, and whether with its result. */
  const known = new Map<string, boolean>()
  /** What is kept as `prepare` has made it. */
  const prepared = new Set<string>()
  const places = new Map<string, number>()

  const failed = (error: unknown): void => store.emit({ type: 'recovery-failed', error })
  /** One after the other, or a removal could overtake the saving. */
  const next = (write: () => Promise<void>): void => {
    last = last.then(write).catch(failed)
  }
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? places.size
    places.set(id, place)
    return place
  }
  /**
   * One by one where they do not go together: a file that there is no room for takes no other with it.
   * @returns what went wrong, once for all: it is told without a file
   */
  const write = async (records: readonly RecoveredItem[]): Promise<unknown> => {
    try {
      await kept.save(records)
      return undefined
    } catch (error) {
      const [record, ...others] = records
      let problem: unknown
      if (others.length > 0) for (const each of records) problem = (await write([each])) ?? problem
      else {
        problem = error
        // Rather forgotten than sent again.
        if (record?.result) await kept.remove([record.id])
      }
      return problem
    }
  }
  /** From now on it may be stored, so it is not to be sent again before the app's server was asked. */
  const noteSending = ({ id }: UploadItem): void => {
    const job = jobs.get(id)
    const sent = job?.doubt ?? job?.sent
    if (sent && options().confirm) next(() => kept.note(id, toNote(sent, null)))
  }
  const save = (items: readonly UploadItem[]): void => {
    const wanted = items.filter(({ status }) => status !== 'canceled')
    for (const { id, status } of wanted) known.set(id, status === 'success')
    const records = wanted.map((item) => toRecord(item, placeOf(item.id), !!jobs.get(item.id)?.prepared))
    for (const record of records) if (record.prepared) prepared.add(record.id)
    if (records.length > 0)
      next(async () => {
        const problem = await write(records)
        if (problem !== undefined) failed(problem)
      })
    // Canceled and wanted again, it is still in doubt. One that has failed is a person's to decide.
    for (const item of wanted) if (item.status !== 'success' && item.status !== 'error') noteSending(item)
  }
  /** Prepared anew after a reload it may be another file, which storage would not be found to have. */
  const start = (item: UploadItem): void => {
    if (options().confirm && jobs.get(item.id)?.prepared && !prepared.has(item.id)) save([item])
    else noteSending(item)
  }
  const forget = (ids: readonly string[]): void => {
    for (const id of ids) if (known.delete(id)) prepared.delete(id)
    if (ids.length > 0) next(() => kept.remove(ids))
  }
  const noteFailure = ({ id }: UploadItem, error: AnyUploadError): void => {
    if (!leavesDoubt(error) && error.code !== 'confirm-failed') return
    next(() => kept.note(id, toNote(jobs.get(id)?.doubt, error)))
  }

  const catchUp = (): void => {
    const items = [...store.getSnapshot().items]
    const wanted = new Set(items.flatMap(({ id, status }) => (status === 'canceled' ? [] : id)))
    forget([...known.keys()].filter((id) => !wanted.has(id)))
    save(items.filter(({ id, status }) => known.get(id) !== (status === 'success')))
    for (const item of items) if (item.status === 'error') noteFailure(item, item.error)
  }

  const stopListening = store.onEvent((event) => {
    if (event.type === 'files-added') save(event.items)
    else if (event.type === 'upload-started') start(event.item)
    else if (event.type === 'upload-failed') noteFailure(event.item, event.item.error)
    else if (event.type === 'upload-succeeded') save([event.item])
    else if (event.type === 'upload-canceled' || event.type === 'item-removed') forget([event.item.id])
  })
  // What was added while this part was being loaded.
  catchUp()

  return {
    async load() {
      const records = await kept.load()
      return { items: records.map(fromRecord), jobs: new Map(records.map((record) => [record.id, toJob(record, !!options().confirm)])) }
    },
    catchUp,
    forget,
    stop() {
      stopListening()
      // Events are told after the turn, and this hears no more of them.
      catchUp()
      void last.then(() => kept.close())
    },
  }
}

function toRecord(item: UploadItem, order: number, prepared: boolean): RecoveredItem {
  const { id, file, name, size, type, relativePath, priority } = item
  const result = item.status === 'success' ? item.result : null
  return { id, file: result === null ? file : null, name, size, type, relativePath, priority, order, prepared, result }
}

function toNote(sent: UploadDoubt | null | undefined, error: AnyUploadError | null): SentNote {
  const { form, receipt = null, result = null } = sent ?? {}
  const told = error?.code === 'outcome-unknown' ? error.details : null
  return { action: form?.action ?? told?.url ?? '', key: form?.key ?? told?.key ?? '', receipt, result, problem: error?.message ?? null }
}

function fromRecord({ file, result, sent, ...base }: RecoveredItem): UploadItem {
  const { id, name, size, type, relativePath, priority } = base
  const item = { id, file: file ?? new Blob([], { type }), name, size, type, relativePath, priority }
  if (result !== null) return { ...item, status: 'success', result }
  if (!sent?.problem) return { ...item, status: 'queued' }
  const { action, key, problem } = sent
  // A person decides.
  return { ...item, status: 'error', attempt: 1, error: new CosUploadError('outcome-unknown', problem, { probe: null, url: action, key }) }
}

function toJob({ file, name, prepared, sent }: RecoveredItem, confirms: boolean): KeptJob {
  if (!confirms || !sent?.key || file === null) return { prepared }
  const { action, key, receipt, result } = sent
  // As much of that form as is known. It is asked about, and never sent.
  const form = { action, fields: [], values: new Map<string, string>(), key, landing: null, file, filename: name }
  return { prepared, doubt: { form, receipt, result } }
}
