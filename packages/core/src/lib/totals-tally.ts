import { measure, remainingSeconds, startMeter, type ProgressMeter } from './progress-meter.ts'
import { isBusy, isSettled, type UploadItem } from './upload-item.ts'
import type { UploadTotals } from './uploader-snapshot.ts'

/** Sums kept up to date item by item: what one change costs does not depend on how many items there are. */
export interface TotalsTally {
  /** An item came (`null` before), changed, or went (`null` after). */
  readonly count: (before: UploadItem | null, after: UploadItem | null) => void
  readonly totals: (now: number) => UploadTotals
  /** No item is queued or running. */
  readonly idle: () => boolean
}

export function createTotalsTally(): TotalsTally {
  const sums = { files: 0, succeeded: 0, failed: 0, canceled: 0, active: 0, queued: 0, bytes: 0, sentBytes: 0 }
  /** Bytes that are still to be sent. */
  let left = 0
  /** Bytes that ever went out: grows only, so a retry does not look like negative speed. */
  let moved = 0
  let meter: ProgressMeter | null = null

  const add = (item: UploadItem, sign: 1 | -1): void => {
    if (item.status === 'canceled') {
      sums.canceled += sign
      return
    }
    const sent = sentBytes(item)
    sums.files += sign
    sums.bytes += sign * item.size
    sums.sentBytes += sign * sent
    if (!isSettled(item)) left += sign * (item.size - sent)
    if (item.status === 'success') sums.succeeded += sign
    else if (item.status === 'error') sums.failed += sign
    else if (item.status === 'queued') sums.queued += sign
    else if (isBusy(item) || item.status === 'retrying') sums.active += sign
  }

  return {
    count(before, after) {
      if (before !== null) add(before, -1)
      if (after !== null) add(after, 1)
      if (before?.status === 'uploading' && after !== null) moved += Math.max(0, sentBytes(after) - sentBytes(before))
    },
    totals(now) {
      if (sums.active === 0) meter = null
      else meter = meter === null ? startMeter(now, moved) : measure(meter, now, moved)
      const speed = meter?.speed ?? null
      return { ...sums, speed, remainingSeconds: remainingSeconds(speed, left) }
    },
    idle: () => sums.active + sums.queued === 0,
  }
}

/** Bytes of the file that need not be sent any more. */
function sentBytes(item: UploadItem): number {
  if (item.status === 'success' || item.status === 'confirming') return item.size
  return item.status === 'uploading' && item.progress.kind === 'bytes' ? item.progress.sent : 0
}
