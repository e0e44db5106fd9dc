import type { Credentials } from '../credentials/credentials.ts'
import { allowAnyone, type UploadUser } from '../handler/authorize.ts'
import type { PolicyHandlerOptions } from '../handler/policy-handler.ts'
import type { BucketAddress } from '../policy/bucket-address.ts'

/** The key pair that the official POST Object page prints as its example: it opens nothing but emulators. */
export const account: Credentials = { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz' }

export const bucket: BucketAddress = { bucket: 'examplebucket-1250000000', region: 'ap-guangzhou' }

export const NOON: number = Date.UTC(2026, 10, 21, 12)

/** A policy endpoint for anybody whose clock stands at noon. */
export const demoOptions: PolicyHandlerOptions<UploadUser> = {
  ...bucket,
  credentials: account,
  authorize: allowAnyone(),
  now: () => NOON,
}

/** A page's request for policies. Text is sent as it is. */
export function ask(body: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request('https://app.example.com/policy', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers })
}

/** The form as a browser sends it, with its length, which COS asks for. */
export async function formRequest(
  url: string,
  fields: Iterable<readonly [name: string, value: string]>,
  file: Blob,
  filename: string,
): Promise<Request> {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  form.append('file', file, filename)
  const encoded = new Request(url, { method: 'POST', body: form })
  const body = await encoded.arrayBuffer()
  const headers = { 'Content-Type': encoded.headers.get('Content-Type') ?? '', 'Content-Length': String(body.byteLength) }
  return new Request(url, { method: 'POST', body, headers })
}
