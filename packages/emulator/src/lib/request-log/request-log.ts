import { formField } from '@cosdrop/protocol'
import type { FaultKind } from '../faults/fault.ts'
import type { Explanation } from '../errors/cos-error.ts'

/** What happened to one request. Holds no signature, token, key or customer key: the page shows it all. */
export interface RequestLogEntry {
  readonly requestId: string
  readonly traceId: string | null
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  readonly durationMs: number
  readonly method: string
  readonly host: string
  /** Path and query; the values of signature parameters are left out. */
  readonly target: string
  readonly origin: string | null
  readonly bucket: string | null
  readonly key: string | null
  /** `post-object`, `get-object`, …; `null` when no call was recognised. */
  readonly operation: string | null
  readonly secretId: string | null
  /** Body bytes that were read. */
  readonly receivedBytes: number
  /** The faults that struck, by their kinds. */
  readonly faults: readonly FaultKind[]
  readonly outcome: RequestOutcome
}

export type RequestOutcome =
  | { readonly kind: 'accepted'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string; readonly explanation: Explanation | null }
  /** The client went away before it was answered. */
  | { readonly kind: 'aborted' }
  /** A fault cut the connection. */
  | { readonly kind: 'cut'; readonly what: string }

function isSecret(parameter: string): boolean {
  const name = decodeURIComponentSafely(parameter)
  // `sign`: of older presigned URLs. A key in the query does nothing, and is put there all the same.
  return /^(sign|authorization)$/i.test(name) || formField(name)?.secret === true
}

/** A target without the values of parameters that would let a reader call in somebody's name. */
export function redactTarget(target: string): string {
  const [path = '', query] = target.split(/\?(.*)/s)
  if (query === undefined) return path
  const shown = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=')
    return isSecret(name) ? `${name}=hidden` : pair
  })
  return `${path}?${shown.join('&')}`
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The last requests, newest first. */
export class RequestLog {
  readonly #size: number
  #entries: readonly RequestLogEntry[] = []

  constructor(size = 200) {
    this.#size = size
  }

  add(entry: RequestLogEntry): void {
    this.#entries = [entry, ...this.#entries.slice(0, this.#size - 1)]
  }

  entries(): readonly RequestLogEntry[] {
    return this.#entries
  }

  clear(): void {
    this.#entries = []
  }
}
