import type { ObjectEncryption } from '../upload-result.ts'

/** What the app's server is asked: is this object there? */
export interface ConfirmRequest {
  /** From the signed post; binds the question to a policy that this server issued. */
  readonly receipt: string | null
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** What storage's reply said, where there was a readable one. */
  readonly etag?: string
  /** CRC-64 of the file, computed here; unsigned decimal text. */
  readonly crc64?: string
  readonly versionId?: string
}

/** The object as the server's HEAD found it. */
export interface ConfirmedObject {
  readonly bucket: string | null
  readonly key: string
  readonly size: number
  readonly etag: string | null
  readonly crc64: string | null
  readonly versionId: string | null
  readonly encryption: ObjectEncryption | null
  readonly location: string | null
}

export type ConfirmReply =
  | { readonly outcome: 'stored'; readonly object: ConfirmedObject }
  | { readonly outcome: 'absent' }
  /** Something else is stored under the key. */
  | { readonly outcome: 'different' }

/** Asks whether an object is stored. The HTTP endpoint (`createConfirmHandler` of @cosdrop/server) is one; any function of this shape is another. */
export type ConfirmPort = (request: ConfirmRequest, options: { readonly signal: AbortSignal }) => Promise<ConfirmReply>
