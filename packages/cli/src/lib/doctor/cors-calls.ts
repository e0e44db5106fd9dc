import { createHash } from 'node:crypto'
import { signRequest } from '@cosdrop/server'
import type { SignedAccess } from '../cos/bucket-access.ts'
import { reach } from '../cos/reach.ts'
import { readRefusal, type ServiceRefusal } from '../cos/service-refusal.ts'
import { readCorsXml, writeCorsXml, type CorsConfiguration } from './cors-configuration.ts'

export type CorsReading = { readonly outcome: 'read'; readonly configuration: CorsConfiguration } | ({ readonly outcome: 'refused' } & ServiceRefusal)

interface Call {
  readonly method: 'GET' | 'PUT'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function call(
  { url: bucketUrl, fetch, signal, credentials, now }: SignedAccess,
  { method, body, headers = {} }: Call,
): Promise<{ readonly reply: Response; readonly text: string }> {
  const url = new URL('?cors', bucketUrl)
  const reply = await reach(url, signal, () =>
    fetch(url, {
      method,
      headers: { ...headers, ...signRequest({ method, url, headers, credentials, now: now() }) },
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
    }),
  )
  return { reply, text: await reply.text() }
}

/** GET Bucket cors. A bucket without rules has an empty configuration. https://cloud.tencent.com/document/product/436/8274 */
export async function getCors(access: SignedAccess): Promise<CorsReading> {
  const { reply, text } = await call(access, { method: 'GET' })
  const configuration = reply.ok ? readCorsXml(text) : null
  if (configuration !== null) return { outcome: 'read', configuration }
  const refusal = readRefusal(reply.status, text, (name) => reply.headers.get(name))
  if (refusal.code === 'NoSuchCORSConfiguration') return { outcome: 'read', configuration: { rules: [], others: [] } }
  return { outcome: 'refused', ...refusal }
}

/** PUT Bucket cors replaces all rules at once, so `configuration` holds them all. `null` when it was done. */
export async function putCors(access: SignedAccess, configuration: CorsConfiguration): Promise<ServiceRefusal | null> {
  const body = writeCorsXml(configuration)
  const md5 = createHash('md5').update(body).digest('base64')
  const { reply, text } = await call(access, { method: 'PUT', body, headers: { 'Content-Type': 'application/xml', 'Content-MD5': md5 } })
  return reply.ok ? null : readRefusal(reply.status, text, (name) => reply.headers.get(name))
}
