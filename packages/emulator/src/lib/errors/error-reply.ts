import { writeErrorXml } from '@cosdrop/protocol'
import { emptyReply, xmlReply, type CosReply } from '../exchange/cos-reply.ts'
import type { CosError } from './cos-error.ts'

/** The wire form of a refusal. A reply to HEAD has no body, and 304 may not have one (facts §5). */
export function errorReply(error: CosError, at: { method: string; resource: string; requestId: string; traceId: string }): CosReply {
  const headers = { ...error.headers, 'x-cos-trace-id': at.traceId }
  if (at.method === 'HEAD' || error.status === 304) return emptyReply(error.status, headers)
  const xml = writeErrorXml({
    code: error.code,
    message: error.message,
    resource: at.resource,
    requestId: at.requestId,
    traceId: at.traceId,
    ...(error.extra !== null && { extra: error.extra }),
  })
  return xmlReply(error.status, xml, headers)
}
