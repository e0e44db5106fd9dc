import { createFetchTransport, createUploader, createXhrTransport, type Transport } from '@cosdrop/core'
import { seenItem, type SeenItem } from '../seen-item.ts'
import { watchLeaks, type Leaks } from './leak-watch.ts'
import { sampleFiles } from './sample-files.ts'
import { seededDraws } from './seeded-draws.ts'
import { skewDate } from './skewed-date.ts'

export interface Drive {
  readonly seed: number
  readonly count: number
  readonly policyUrl: string
  /** `null`: the engine has nobody to ask, and must say so. */
  readonly confirmUrl: string | null
  readonly via: 'xhr' | 'fetch'
  /** Milliseconds by which this device's clock is wrong. */
  readonly clockSkew: number
  readonly concurrency: number
  /** How often a user presses "retry all" once everything is settled. */
  readonly presses: number
}

/** What became of one file, as the engine told it. */
export interface DrivenItem extends SeenItem {
  /** The numbers of its sendings. */
  readonly sends: readonly number[]
  /** `outcome-doubted` events. */
  readonly doubted: number
  /** What went wrong on the way, in order. */
  readonly troubles: readonly string[]
}

export interface DriveReport {
  readonly items: readonly DrivenItem[]
  /** Error codes after each round, with their numbers. */
  readonly failures: readonly Readonly<Record<string, number>>[]
  readonly leaks: Leaks
}

function up(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function note<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  lists.set(name, [...(lists.get(name) ?? []), value])
}

/** Uploads the seed's files with the real engine, in the realm where it is called, and tells what the engine said. */
export async function driveUploads({ seed, count, policyUrl, confirmUrl, via, clockSkew, concurrency, presses }: Drive): Promise<DriveReport> {
  const controller = new AbortController()
  const stopWatching = watchLeaks([controller.signal])
  const setClockRight = skewDate(clockSkew)
  const doubted = new Map<string, number>()
  const [sends, troubles] = [new Map<string, number[]>(), new Map<string, string[]>()]
  let nextSend = 0
  const way: Transport = via === 'xhr' ? createXhrTransport({ stallTimeout: 5000, replyTimeout: 5000 }) : createFetchTransport()
  const uploader = createUploader({
    policy: policyUrl,
    ...(confirmUrl !== null && { confirm: confirmUrl }),
    concurrency,
    retry: { attempts: 8, baseDelay: 20, maxDelay: 200 },
    random: seededDraws(seed + 2000),
    transport(form, options) {
      note(sends, form.filename, nextSend)
      return way({ ...form, action: `${form.action}?send=${nextSend++}` }, options)
    },
  })
  uploader.onEvent((event) => {
    if (event.type === 'outcome-doubted') up(doubted, event.item.name)
    if (event.type !== 'upload-retried' && event.type !== 'upload-failed') return
    const { item, type } = event
    const { error } = item
    note(troubles, item.name, `${type}: ${error.code === 'service' ? `${error.details.status} ${error.details.serviceCode}` : error.code}`)
  })
  const failures: Record<string, number>[] = []
  const noteFailures = (): void => {
    const counts = new Map<string, number>()
    for (const item of uploader.getSnapshot().items)
      if (item.status !== 'success') up(counts, item.status === 'error' ? item.error.code : item.status)
    failures.push(Object.fromEntries(counts))
  }

  await uploader.upload(
    Array.from(sampleFiles(seed, count), ({ name, bytes }) => new File([bytes], name, { type: 'application/octet-stream' })),
    { signal: controller.signal },
  )
  noteFailures()
  for (let press = 0; press < presses && uploader.getSnapshot().totals.failed > 0; press++) {
    const settled = new Promise<void>((resolve) => {
      const stop = uploader.onEvent((event) => {
        if (event.type !== 'queue-settled') return
        stop()
        resolve()
      })
    })
    uploader.retry()
    await settled
    noteFailures()
  }
  const items = Array.from(uploader.getSnapshot().items, (item) => ({
    ...seenItem(item),
    sends: sends.get(item.name) ?? [],
    doubted: doubted.get(item.name) ?? 0,
    troubles: troubles.get(item.name) ?? [],
  }))
  uploader.destroy()
  setClockRight()
  // What was let go of is gone by the next task.
  await new Promise((resolve) => setTimeout(resolve))
  return { items, failures, leaks: stopWatching() }
}
