import { formField, formSecrets, readErrorXml } from '@cosdrop/protocol'
import { readRetryAfter } from '../endpoint/read-retry-after.ts'
import type { PostForm } from '../form/post-form.ts'
import type { TransportReply } from '../transport/transport.ts'
import { CosUploadError } from '../upload-error.ts'
import { serviceAdvice, serviceProblem } from './service-problem.ts'

/** The typed error for a reply that is a refusal: its body is COS's XML, the JSON of some paths, or nothing. */
export function serviceError({ status, header, body }: TransportReply, form: PostForm): CosUploadError<'service'> {
  const xml = readErrorXml(body)
  const json = readJson(body)
  const details = {
    status: status ?? 0,
    serviceCode: withoutSecret(form, xml?.code || json?.('code') || null),
    serviceMessage: withoutSecret(form, xml?.message || json?.('message') || null),
    requestId: xml?.requestId || json?.('request_id') || header('x-cos-request-id'),
    traceId: xml?.traceId || header('x-cos-trace-id'),
    resource: xml?.resource || null,
    retryAfter: readRetryAfter(header('Retry-After'), header('Date')),
  }
  const { serviceCode, serviceMessage, requestId } = details
  const said = [serviceCode, serviceMessage].filter(Boolean).join(': ') || 'no reason given'
  const id = requestId ? ` Request id: ${requestId}.` : ''
  return new CosUploadError('service', `Storage refused the upload (HTTP ${details.status}, ${said.trim()}). ${serviceAdvice(details)}${id}`, {
    ...details,
    problem: serviceProblem(details),
  })
}

/** COS prints what a condition asks for, and what it was sent: a token or a customer key, too. */
function withoutSecret({ fields }: PostForm, message: string | null): string | null {
  const [, before, field = ''] = /^(.*?Condition key (\S+) doesn.t match the value )./s.exec(message ?? '') ?? []
  if (formField(field)?.secret) return `${before}[redacted]`
  return message && formSecrets(fields).reduce((text, secret) => text.replaceAll(secret, '[redacted]'), message)
}

function readJson(body: string): ((name: string) => string | null) | null {
  try {
    const value: Readonly<Record<string, unknown>> = JSON.parse(body)
    const entries = new Map(Object.entries(value).map(([name, part]) => [name.toLowerCase(), part]))
    return (name) => {
      const part = entries.get(name)
      return typeof part === 'string' || typeof part === 'number' ? String(part) : null
    }
  } catch {
    return null
  }
}
