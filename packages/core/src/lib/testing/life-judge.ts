import { isSettled, type UploadItem } from '../upload-item.ts'
import type { Uploader } from '../uploader.ts'
import type { UploaderEvent } from '../uploader-events.ts'
import type { UploadTotals } from '../uploader-snapshot.ts'
import type { LifeDoubts } from './life-doubts.ts'
import { nameOf, type LifeStorage } from './life-storage.ts'

/** What of a snapshot does not fit the rest of it. */
export function complainOfSnapshot(uploader: Uploader): readonly string[] {
  const { items, ids, totals } = uploader.getSnapshot()
  const all = [...items]
  const listed = all.map(({ id }) => id)
  const complaints = listed.join() === ids.join() && items.size === ids.length ? [] : [`ids and items differ: ${ids.join()} and ${listed.join()}`]
  const counted = all.filter(({ status }) => status !== 'canceled')
  const inStatus = (...wanted: readonly string[]): number => all.filter(({ status }) => wanted.includes(status)).length
  const expected: Partial<UploadTotals> = {
    files: counted.length,
    succeeded: inStatus('success'),
    failed: inStatus('error'),
    canceled: inStatus('canceled'),
    queued: inStatus('queued'),
    active: inStatus('hashing', 'signing', 'uploading', 'retrying', 'confirming'),
    bytes: sum(counted.map(({ size }) => size)),
    sentBytes: sum(counted.map(sentBytes)),
  }
  const told = new Map<string, number | null>(Object.entries(totals))
  for (const [name, value] of Object.entries(expected)) if (told.get(name) !== value) complaints.push(`${name}: ${told.get(name)} for ${value}`)
  for (const speed of [totals.speed, totals.remainingSeconds, ...all.map((item) => (item.status === 'uploading' ? item.speed : null))])
    if (speed !== null && !(speed >= 0 && speed < 1e9)) complaints.push(`a speed or rest of ${speed}`)
  if (all.every((item) => isSettled(item) || item.status === 'queued') && totals.speed !== null) complaints.push('a speed where nothing runs')
  return complaints
}

/** Hears what one page is told, and what of it cannot be. */
export function createEventJudge(
  { objects }: LifeStorage,
  doubts: LifeDoubts,
  complain: (complaint: string) => void,
): (event: UploaderEvent) => void {
  const added = new Set<string>()
  const ended = new Set<string>()
  const sent = new Map<string, number>()

  return (event) => {
    if (event.type === 'files-added') {
      for (const { id, name, status } of event.items) {
        added.add(id)
        if (status === 'error') doubts.tell(nameOf(name))
      }
    }
    if (event.type === 'queue-settled' && !event.items.every(isSettled)) complain('all is said to be over before it is')
    if (!('item' in event)) return
    const { type, item } = event
    const { id, name, size } = item
    if (!added.has(id)) complain(`${type} of ${name} before it came`)
    if (ended.has(id) && type !== 'item-removed') complain(`${type} of ${name} after its end`)
    if (type === 'outcome-doubted' || (type === 'upload-failed' && item.error.code === 'outcome-unknown')) doubts.tell(nameOf(name))
    if (type === 'upload-started') sent.set(id, 0)
    if (type === 'upload-progressed' && item.progress.kind === 'bytes') {
      const before = sent.get(id) ?? 0
      if (!(item.progress.sent >= before && item.progress.sent <= size)) complain(`${item.progress.sent} of ${size} B after ${before} B`)
      sent.set(id, item.progress.sent)
    }
    if (type !== 'upload-succeeded') return
    ended.add(id)
    const object = objects.get(item.result.key)
    if (object?.name !== nameOf(name) || object.size !== size)
      complain(`${name} is said to be stored as ${item.result.key}, where ${object?.name} is`)
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function sentBytes(item: UploadItem): number {
  if (item.status === 'success') return item.size
  if (item.status === 'confirming') return Math.max(0, item.size - 1)
  return item.status === 'uploading' && item.progress.kind === 'bytes' ? item.progress.sent : 0
}
