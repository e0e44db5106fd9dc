import { measure, type ProgressMeter } from './progress-meter.ts'
import { isSettled, type UploadItem, type UploadStatus } from './upload-item.ts'
import type { UploadTotals } from './uploader-snapshot.ts'

/** Sums kept up to date item by item: what one change costs does not depend on how many items there are. */
export interface TotalsTally {
  /** An item came (`undefined` before), changed, or went (`undefined` after). */
  readonly count: (before: UploadItem | undefined, after: UploadItem | undefined) => void
  readonly totals: (now: number) => UploadTotals
  /** As of the last look at the totals. */
  readonly speed: () => number | null | undefined
  /** No item is queued or running. */
  readonly idle: () => boolean
}

const sumOf: { readonly [Status in UploadStatus]?: 'succeeded' | 'failed' | 'canceled' | 'queued' } = {
  success: 'succeeded',
  error: 'failed',
  canceled: 'canceled',
  queued: 'queued',
}

export function createTotalsTally(): TotalsTally {
  const sums = { files: 0, succeeded: 0, failed: 0, canceled: 0, active: 0, queued: 0, unstarted: 0, bytes: 0, sentBytes: 0 }
  /** Bytes that are still to be sent. */
  let left = 0
  /** Bytes that ever went out: grows only, so a retry does not look like negative speed. */
  let moved = 0
  let meter: ProgressMeter | null = null
  /** Of the active ones these hold no slot. */
  let retrying = 0

  const add = (item: UploadItem | undefined, sign: 1 | -1): void => {
    if (!item) return
    const { status, size } = item
    if (item.unstarted) sums.unstarted += sign
    sums[sumOf[status] ?? 'active'] += sign
    if (status === 'retrying') retrying += sign
    if (status === 'canceled') return
    const sent = sentBytes(item)
    sums.files += sign
    sums.bytes += sign * size
    sums.sentBytes += sign * sent
    if (!isSettled(item) && !item.unstarted) left += sign * (size - sent)
  }

  return {
    count(before, after) {
      add(before, -1)
      add(after, 1)
      // Of a file in doubt nobody knows what went out.
      if (before?.status === 'uploading' && after && after.status !== 'confirming') {
        const more = sentBytes(after) - sentBytes(before)
        // The last one comes with the reply, and is no speed.
        if (more > 1) moved += more
        // What a file moves first, unless it is all, fills the buffers on the way: beside a tiny one that would be the speed of all.
        if (!(meter?.speed || sentBytes(before)) && more < after.size - 1) meter = null
      }
    },
    totals(now) {
      // Where all wait for a retry or for the network nothing runs, and the wait is no slow network.
      // And as long as this has a speed all are looked at, so each file's is gone first.
      meter = sums.active === retrying ? null : measure(meter, now, moved, 12_000)
      // 0: nothing has moved yet, or no way tells.
      const speed = meter?.speed || null
      return { ...sums, speed, remainingSeconds: speed && left / speed }
    },
    speed: () => meter?.speed,
    idle: () => sums.active + sums.queued === sums.unstarted,
  }
}

/** Bytes of the file that need not be sent any more. */
function sentBytes(item: UploadItem): number {
  if (item.status === 'success') return item.size
  // Nobody knows yet, so it is not all.
  if (item.status === 'confirming') return item.size && item.size - 1
  return item.status === 'uploading' && item.progress.kind === 'bytes' ? item.progress.sent : 0
}
