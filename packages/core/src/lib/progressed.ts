import type { UploadItemIn } from './upload-item.ts'

/**
 * An upload further on its way. Pure; the same object when nothing is new.
 * @param sent bytes; `null` where nobody can tell
 * @param speed bytes per second
 */
export function progressed(
  item: UploadItemIn<'uploading'>,
  sent: number | null,
  phase: 'sending' | 'waiting',
  speed: number | null,
): UploadItemIn<'uploading'> {
  const { progress } = item
  if (sent === null || progress.kind === 'unknown') {
    return progress.kind === 'unknown' && item.phase === phase ? item : { ...item, progress: { kind: 'unknown' }, phase }
  }
  // 100 % is for a reply that was read; a resent body (a browser's own retry) must not run backwards.
  const next = Math.max(progress.sent, Math.min(sent, item.size - 1))
  const nextPhase = item.phase === 'waiting' ? 'waiting' : phase
  if (next === progress.sent && nextPhase === item.phase && speed === item.speed) return item
  return { ...item, progress: { ...progress, sent: next }, phase: nextPhase, speed }
}
