import type { AnyUploadError } from './upload-error.ts'
import { isSettled, type UploadItem, type UploadItemBase, type UploadState } from './upload-item.ts'
import type { UploadResult } from './upload-result.ts'

/** Everything that can happen to an item. */
export type ItemChange =
  | { readonly type: 'prepare'; readonly file: Blob; readonly name: string }
  | { readonly type: 'prioritise'; readonly priority: number }
  | { readonly type: 'hash'; readonly hashedBytes: number }
  | { readonly type: 'sign' }
  | { readonly type: 'send'; readonly attempt: number }
  | { readonly type: 'progress'; readonly sent: number | null; readonly phase: 'sending' | 'waiting'; readonly speed: number | null }
  | { readonly type: 'wait'; readonly attempt: number; readonly maxAttempts: number; readonly retryAt: number; readonly error: AnyUploadError }
  | { readonly type: 'confirm'; readonly attempt: number }
  | { readonly type: 'succeed'; readonly result: UploadResult }
  | { readonly type: 'fail'; readonly attempt: number; readonly error: AnyUploadError }
  | { readonly type: 'cancel' }
  | { readonly type: 'requeue' }

/**
 * The one way in which an item changes. Pure; returns the same object when the change does not apply, so what comes late (a last progress
 * event of a canceled upload) changes nothing: a settled item can only be requeued.
 */
export function changeItem(item: UploadItem, change: ItemChange): UploadItem {
  switch (change.type) {
    case 'prepare':
      if (item.status !== 'queued') return item
      return { ...item, file: change.file, name: change.name, size: change.file.size, type: change.file.type }
    case 'prioritise':
      return item.priority === change.priority ? item : { ...item, priority: change.priority }
    case 'requeue':
      return item.status === 'error' || item.status === 'canceled' || item.status === 'retrying' ? inState(item, { status: 'queued' }) : item
    case 'progress':
      return item.status === 'uploading' ? progress(item, change) : item
    case 'hash':
      return become(item, { status: 'hashing', hashedBytes: change.hashedBytes })
    case 'sign':
      return become(item, { status: 'signing' })
    case 'send': {
      const progress = { kind: 'bytes', sent: 0, total: item.size } as const
      return become(item, { status: 'uploading', attempt: change.attempt, progress, phase: 'sending', speed: null })
    }
    case 'wait': {
      const { attempt, maxAttempts, retryAt, error } = change
      return become(item, { status: 'retrying', attempt, maxAttempts, retryAt, error })
    }
    case 'confirm':
      return become(item, { status: 'confirming', attempt: change.attempt })
    case 'succeed':
      return become(item, { status: 'success', result: change.result })
    case 'fail':
      return become(item, { status: 'error', attempt: change.attempt, error: change.error })
    case 'cancel':
      return become(item, { status: 'canceled' })
    default:
      return change satisfies never
  }
}

function become(item: UploadItem, state: UploadState): UploadItem {
  return isSettled(item) ? item : inState(item, state)
}

function inState({ id, file, name, size, type, relativePath, priority }: UploadItemBase, state: UploadState): UploadItem {
  return { id, file, name, size, type, relativePath, priority, ...state }
}

function progress(item: Extract<UploadItem, { status: 'uploading' }>, { sent, phase, speed }: Extract<ItemChange, { type: 'progress' }>): UploadItem {
  const before = item.progress
  if (before.kind === 'unknown') return item.phase === phase ? item : { ...item, phase }
  if (sent === null) return { ...item, progress: { kind: 'unknown' }, phase }
  // 100 % is for a reply that was read; a resent body (a browser's own retry) must not run backwards.
  const next = Math.max(before.sent, Math.min(sent, item.size - 1))
  const nextPhase = item.phase === 'waiting' ? 'waiting' : phase
  if (next === before.sent && nextPhase === item.phase && speed === item.speed) return item
  return { ...item, progress: next === before.sent ? before : { ...before, sent: next }, phase: nextPhase, speed }
}
