import { createHash } from 'node:crypto'
import { signRequest } from '@cosdrop/server'
import type { SignedAccess } from '../cos/bucket-access.ts'
import { readRefusal, type ServiceRefusal } from '../cos/service-refusal.ts'
import { wholeAnswer } from '../cos/whole-answer.ts'
import { readCorsXml, writeCorsXml, type CorsConfiguration } from './cors-configuration.ts'

export type CorsReading = { readonly outcome: 'read'; readonly configuration: CorsConfiguration } | ({ readonly outcome: 'refused' } & ServiceRefusal)

interface Call {
  readonly method: 'GET' | 'PUT'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

function call(access: SignedAccess, { method, body, headers = {} }: Call): ReturnType<typeof wholeAnswer> {
  const url = new URL('?cors', access.url)
  const signed = signRequest({ method, url, headers, credentials: access.credentials, now: access.now() })
  return wholeAnswer(access, url, { method, headers: { ...headers, ...signed }, ...(body !== undefined && { body }) })
}

/** GET Bucket cors. A bucket without rules has an empty configuration. https://cloud.tencent.com/document/product/436/8274 */
export async function getCors(access: SignedAccess): Promise<CorsReading> {
  const { reply, body } = await call(access, { method: 'GET' })
  const configuration = reply.ok ? readCorsXml(body) : null
  if (configuration !== null) return { outcome: 'read', configuration }
  const refusal = readRefusal(reply.status, body, (name) => reply.headers.get(name))
  if (refusal.code === 'NoSuchCORSConfiguration') return { outcome: 'read', configuration: { rules: [], others: [] } }
  return { outcome: 'refused', ...refusal }
}

/** PUT Bucket cors replaces all rules at once, so `configuration` holds them all. `null` when it was done. */
export async function putCors(access: SignedAccess, configuration: CorsConfiguration): Promise<ServiceRefusal | null> {
  const xml = writeCorsXml(configuration)
  const md5 = createHash('md5').update(xml).digest('base64')
  const { reply, body } = await call(access, { method: 'PUT', body: xml, headers: { 'Content-Type': 'application/xml', 'Content-MD5': md5 } })
  return reply.ok ? null : readRefusal(reply.status, body, (name) => reply.headers.get(name))
}
