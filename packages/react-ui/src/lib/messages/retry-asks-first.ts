import type { UploadErrorDetails } from '@cosdrop/core'

/** Whether a retry asks before it sends: not where the server has answered, nor about a receipt that it refuses, which it would refuse again. */
export function retryAsksFirst({ outcome, serverCode }: UploadErrorDetails['confirm-failed']): boolean {
  return outcome === null && !serverCode?.startsWith('receipt-')
}
