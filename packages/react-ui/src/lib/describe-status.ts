import type { AnyUploadError, UploadItem } from '@cosdrop/core'
import type { QueueState } from '@cosdrop/react'
import { explainError } from './explain-error.ts'
import type { Format } from './format/format.ts'
import { inDoubt } from './in-doubt.ts'
import type { Messages } from './messages/messages.ts'

export interface StatusLine {
  readonly tone: 'plain' | 'good' | 'warn' | 'bad'
  /** Shown in a row, a dot between them. */
  readonly words: readonly string[]
  /** Left out where there is little room. */
  readonly aside?: string
}

function retryReason(error: AnyUploadError, messages: Messages): string {
  const reasons = messages.retryReasons
  if (error.code === 'service') return error.details.problem === 'busy' ? reasons.busy : reasons.service
  if (error.code === 'network' || error.code === 'outcome-unknown') return reasons.network
  if (error.code === 'stalled') return reasons.stalled
  return error.code.startsWith('policy-') ? reasons.policy : reasons.other
}

/** Seconds, a hundred hours: what would take longer stands still. */
export const longestLeft = 360_000

function speedAndTime(item: Extract<UploadItem, { status: 'uploading' }>, messages: Messages, format: Format): readonly string[] {
  const { progress, speed } = item
  if (progress.kind === 'unknown' || !speed) return [messages.uploading]
  const seconds = Math.ceil((progress.total - progress.sent) / speed)
  return [messages.speed(format.bytes(speed)), ...(seconds < longestLeft ? [messages.secondsLeft(seconds)] : [])]
}

/** @param secondsToRetry until the next attempt, for `retrying` */
export function describeStatus(item: UploadItem, queue: QueueState, secondsToRetry: number, messages: Messages, format: Format): StatusLine {
  switch (item.status) {
    case 'queued':
      return { tone: 'plain', words: [queue === 'open' ? messages.waiting : messages[queue]] }
    case 'hashing':
      return { tone: 'plain', words: [messages.hashing(format.percent(item.hashedBytes / item.size || 0))] }
    case 'signing':
      return { tone: 'plain', words: [messages.signing] }
    case 'uploading':
      return { tone: 'plain', words: item.phase === 'waiting' ? [messages.sent] : speedAndTime(item, messages, format) }
    case 'retrying':
      return {
        tone: 'warn',
        words: [retryReason(item.error, messages), queue === 'open' || secondsToRetry > 0 ? messages.nextTry(secondsToRetry) : messages[queue]],
        aside: messages.attemptOf(item.attempt + 1, item.maxAttempts),
      }
    case 'confirming':
      return { tone: 'warn', words: [messages.confirming] }
    case 'success':
      if (item.result.integrity === 'mismatch') return { tone: 'warn', words: [messages.storedMismatch] }
      return { tone: 'good', words: [item.result.integrity === 'verified' ? messages.storedVerified : messages.stored] }
    case 'error':
      return { tone: inDoubt(item.error) ? 'warn' : 'bad', words: [explainError(item.error, messages, { item, format }).title] }
    case 'canceled':
      return { tone: 'plain', words: [messages.canceled] }
    default:
      return item satisfies never
  }
}
