import type { Credentials, CredentialsProvider } from '../credentials/credentials.ts'
import { createReceipts, type Receipts } from './receipt.ts'

/**
 * The receipts of an app: by its own secret, else by the permanent SecretKey. Temporary keys change, and with them the receipts of uploads
 * that are under way would stop working: `null` then.
 */
export function receiptsOf(secret: string | undefined, credentials: Credentials | CredentialsProvider, bucket: string): Receipts | null {
  if (secret !== undefined) return createReceipts(secret, bucket)
  if (typeof credentials === 'function' || credentials.token !== undefined) return null
  return createReceipts(credentials.secretKey, bucket)
}

/** Seconds for which a receipt can confirm or renew. Longer than a policy lives: a large file may take hours. */
export const RECEIPT_LIFE: number = 24 * 3600
