import { writeErrorXml } from '@cosdrop/protocol'
import { emptyReply, xmlReply, type CosReply } from '../exchange/cos-reply.ts'
import type { CosError } from './cos-error.ts'

// What XML 1.0 cannot hold, not even escaped: a key may, and the reply must be readable all the same.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

function writable(text: string): string {
  return text.replace(UNWRITABLE, '\ufffd')
}

/** The wire form of a refusal. A reply to HEAD has no body, and 304 may not have one (facts §5). */
export function errorReply(error: CosError, at: { method: string; resource: string; requestId: string; traceId: string }): CosReply {
  if (error.status === 304) return emptyReply(304, error.headers)
  const headers = { ...error.headers, 'x-cos-trace-id': at.traceId }
  if (at.method === 'HEAD') return emptyReply(error.status, headers)
  const xml = writeErrorXml({
    code: error.code,
    message: writable(error.message),
    resource: writable(at.resource),
    requestId: at.requestId,
    traceId: at.traceId,
    ...(error.extra !== null && { extra: Object.fromEntries(Object.entries(error.extra).map(([name, value]) => [name, writable(value)])) }),
  })
  return xmlReply(error.status, xml, headers)
}
