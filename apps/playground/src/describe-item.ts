import type { UploadItem } from '@cosdrop/core'

/** One line about an item, in an app's own words. */
export function describeItem(item: UploadItem): string {
  switch (item.status) {
    case 'queued':
      return 'Waiting for its turn'
    case 'hashing':
      return 'Reading the file'
    case 'signing':
      return 'Asking for a policy'
    case 'uploading':
      if (item.phase === 'waiting') return 'Sent, waiting for storage'
      return item.progress.kind === 'bytes' ? `${item.progress.sent} of ${item.progress.total} bytes` : 'Sending'
    case 'retrying':
      return `Attempt ${item.attempt} of ${item.maxAttempts} failed, trying again soon`
    case 'confirming':
      return 'Asking whether it was stored'
    case 'success':
      return `Stored as ${item.result.key}, ETag ${item.result.etag ?? 'not readable'}, version ${item.result.versionId ?? 'none'}`
    case 'error':
      return item.error.message
    case 'canceled':
      return 'Canceled'
    default:
      return item satisfies never
  }
}
