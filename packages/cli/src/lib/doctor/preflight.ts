import type { BucketAccess } from '../cos/bucket-access.ts'
import { readRefusal, type ServiceRefusal } from '../cos/service-refusal.ts'
import { wholeAnswer } from '../cos/whole-answer.ts'

/** What the CORS headers of an answer let a page do. */
export interface CorsAnswer {
  /** `Access-Control-Allow-Origin`. */
  readonly allowOrigin: string | null
  readonly exposed: readonly string[]
  /** Seconds; of a preflight only. */
  readonly maxAge: number | null
}

export type PreflightFinding =
  | ({ readonly outcome: 'allowed' } & CorsAnswer)
  /** Answered, but not for this page. */
  | { readonly outcome: 'other-origin'; readonly allowOrigin: string | null; readonly status: number }
  | ({ readonly outcome: 'refused' } & ServiceRefusal)

export function list(header: string | null): readonly string[] {
  return (header ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
}

export function readCorsAnswer(headers: Headers): CorsAnswer {
  const maxAge = headers.get('Access-Control-Max-Age')
  return {
    allowOrigin: headers.get('Access-Control-Allow-Origin'),
    exposed: list(headers.get('Access-Control-Expose-Headers')),
    maxAge: maxAge !== null && /^\d+$/.test(maxAge) ? Number(maxAge) : null,
  }
}

export function admits({ allowOrigin }: CorsAnswer, origin: string): boolean {
  return allowOrigin === '*' || allowOrigin === origin
}

/**
 * Asks what a browser asks before an XHR with progress: OPTIONS on the bucket, for POST, without headers of its own.
 * https://xhr.spec.whatwg.org/#the-upload-attribute
 */
export async function preflight(access: BucketAccess, origin: string): Promise<PreflightFinding> {
  const { reply, body } = await wholeAnswer(access, access.url, {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
  })
  if (!reply.ok) return { outcome: 'refused', ...readRefusal(reply.status, body, (name) => reply.headers.get(name)) }
  const answer = readCorsAnswer(reply.headers)
  if (!admits(answer, origin)) return { outcome: 'other-origin', allowOrigin: answer.allowOrigin, status: reply.status }
  return { outcome: 'allowed', ...answer }
}
