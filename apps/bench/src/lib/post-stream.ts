import { buildPolicy, encodePolicy, formatKeyTime } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { once } from 'node:events'
import { Agent, request } from 'node:http'

const SECRET_ID = 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q'
const SECRET_KEY = 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz'
export const BUCKET = 'examplebucket-1250000000'

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

function part(name: string, value: string): string {
  return `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
}

function head(key: string): string {
  const now = Math.floor(Date.now() / 1000)
  const keyTime = formatKeyTime(now - 60, now + 3600)
  const eq = (field: string, value: string) => ({ kind: 'eq', field, value }) as const
  const policy = buildPolicy({
    expiration: new Date((now + 3600) * 1000).toISOString(),
    conditions: [eq('bucket', BUCKET), eq('key', key), eq('q-sign-algorithm', 'sha1'), eq('q-ak', SECRET_ID), eq('q-sign-time', keyTime)],
  })
  const { signature } = signPolicy({ secretKey: SECRET_KEY, keyTime, policy })
  return (
    part('key', key) +
    part('policy', encodePolicy(policy)) +
    part('q-sign-algorithm', 'sha1') +
    part('q-ak', SECRET_ID) +
    part('q-key-time', keyTime) +
    part('q-signature', signature) +
    '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: application/octet-stream\r\n\r\n'
  )
}

/** Posts `chunk` over and over until `bytes` are sent, never holding more than the socket does. Resolves with the status code. */
export async function postStream(url: string, key: string, bytes: number, chunk: Uint8Array): Promise<number> {
  const start = head(key)
  const end = '\r\n--b--\r\n'
  const outgoing = request(`${url}/${BUCKET}/`, {
    method: 'POST',
    agent,
    headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': Buffer.byteLength(start) + bytes + end.length },
  })
  const answered = once(outgoing, 'response')
  outgoing.write(start)
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!outgoing.write(left >= chunk.length ? chunk : chunk.subarray(0, left))) await once(outgoing, 'drain')
  }
  outgoing.end(end)
  const [reply] = await answered
  reply.resume()
  await once(reply, 'end')
  return reply.statusCode
}
