import { BUCKETS, CREDENTIALS } from '@cosdrop/dev-server'
import { encodeKeyPath, formatKeyTime } from '@cosdrop/protocol'
import { signRequest } from '@cosdrop/protocol/signature'

interface Call {
  readonly method: 'GET' | 'HEAD'
  readonly bucket?: string
  readonly key?: string
  readonly params?: Readonly<Record<string, string>>
}

/** A call to the local COS with the standard signature: what anyone can do to see what was stored. */
export function callCos(cosUrl: string, { method, bucket = BUCKETS.plain, key = '', params = {} }: Call): Promise<Response> {
  const now = Math.floor(Date.now() / 1000)
  const url = new URL(`${cosUrl}/${bucket}${key === '' ? '/' : encodeKeyPath(key)}`)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  const { authorization } = signRequest({
    ...CREDENTIALS,
    keyTime: formatKeyTime(now - 60, now + 600),
    method,
    path: decodeURIComponent(url.pathname),
    params: Object.entries(params),
    headers: [['host', url.host]],
  })
  return fetch(url, { method, headers: { Authorization: authorization } })
}

export async function readObject(cosUrl: string, key: string, bucket: string = BUCKETS.plain): Promise<Uint8Array> {
  const reply = await callCos(cosUrl, { method: 'GET', bucket, key })
  if (!reply.ok) throw new Error(`GET ${key} was answered with ${reply.status}: ${await reply.text()}`)
  return new Uint8Array(await reply.arrayBuffer())
}

/** The keys of everything in a bucket. */
export async function listKeys(cosUrl: string, bucket: string): Promise<readonly string[]> {
  const reply = await callCos(cosUrl, { method: 'GET', bucket })
  if (!reply.ok) throw new Error(`Listing ${bucket} was answered with ${reply.status}: ${await reply.text()}`)
  return Array.from((await reply.text()).matchAll(/<Key>([^<]*)<\/Key>/g), ([, key]) => key ?? '')
}
