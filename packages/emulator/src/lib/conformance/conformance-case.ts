import type { EmulatorConfigInput } from '../config/emulator-config.ts'
import type { ObjectStorage } from '../storage/object-storage.ts'

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  /** Path and query, percent-encoded. */
  readonly target: string
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer> | null
  /** Another Content-Length than the body's own, or none at all. */
  readonly declaredLength?: number | 'none'
}

export interface WireReply {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  readonly body: Uint8Array
}

/** What a reply must be. What is left out is not looked at. */
export interface Expectation {
  readonly status: number
  /** `null`: the header must not be there. */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>
  readonly body?: string | Uint8Array
  /** The error's code, and its message where it is documented. */
  readonly code?: string
  readonly message?: string
}

export interface ConformanceStep {
  readonly request: WireRequest
  readonly expect: Expectation
}

/** One thing that COS does, told as requests and replies. */
export interface ConformanceCase {
  /** What a user gains. */
  readonly name: string
  readonly config?: EmulatorConfigInput
  readonly steps: readonly ConformanceStep[]
  /** Keys that are stored in the end, in the demo's bucket. Not looked at when left out. */
  readonly keys?: readonly string[]
}

/** Something that speaks COS: an emulator behind `fetch(Request)`, behind a socket, behind request interception. */
export interface ConformanceTarget {
  send(request: WireRequest): Promise<WireReply>
  /** The emulator's own, to see what was stored. */
  readonly storage: ObjectStorage
}

/** The instant at which all cases happen: 2026-11-21T12:00:00Z. */
export const NOW: number = Date.UTC(2026, 10, 21, 12)

/** The demo's bucket. */
export const BUCKET = 'examplebucket-1250000000'
export const HOST: string = `${BUCKET}.cos.ap-guangzhou.myqcloud.com`
/** The credential that the official page prints. */
export const SECRET_ID = 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q'
export const SECRET_KEY = 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz'
/** `[Object Content]`, the official samples' body. */
export const CONTENT = '[Object Content]'
export const CONTENT_ETAG = '"ee8de918d05640145b18f70f4c3aa602"'
export const CONTENT_CRC64 = '16749565679157681890'
