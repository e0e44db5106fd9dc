import type { EndpointReply } from './endpoint-reply.ts'
import { isRecord } from './is-record.ts'
import { readRetryAfter } from './read-retry-after.ts'

/** Why a reply of the app's own server is of no use. */
export type EndpointFailure =
  /** No answer, 5xx or 429: later it may be different. */
  | {
      readonly kind: 'unreachable'
      readonly status: number | null
      readonly retryAfter: number | null
      readonly message?: string | null
      readonly cause?: unknown
    }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string | null; readonly message: string | null }
  | { readonly kind: 'malformed'; readonly status: number; readonly problem: string }

/** `null` for a 2xx with JSON in it: what is wrong with that, only its reader knows. */
export function readFailure(reply: EndpointReply): EndpointFailure | null {
  if (reply.status === null) return { kind: 'unreachable', status: null, retryAfter: null, cause: reply.cause }
  const { status, headers, json } = reply
  const error = isRecord(json) && isRecord(json['error']) ? json['error'] : {}
  const message = textOrNull(error['message'])
  if (status >= 500 || status === 429 || status === 408)
    return { kind: 'unreachable', status, retryAfter: readRetryAfter(headers.get('retry-after'), headers.get('date')), message }
  if (status < 200 || status > 299) return { kind: 'refused', status, code: textOrNull(error['code']), message }
  if (json !== undefined) return null
  const problem = headers.get('content-type')?.includes('html')
    ? 'HTML instead of JSON (a login page, or the index page for an unknown path?)'
    : 'text that is not JSON'
  return { kind: 'malformed', status, problem }
}

/** Whether a code of the app's own server says that it does not know a receipt again: it has run out, or is another user's. */
export function refusesReceipt(code: string | null | undefined): boolean {
  return !!code?.startsWith('receipt-')
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
