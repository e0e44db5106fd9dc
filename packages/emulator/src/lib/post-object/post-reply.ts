import { appendRedirectParameters, writePostResponse } from '@cosdrop/protocol'
import { emptyReply, xmlReply, type CosReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { versionHeaders } from '../objects/version-headers.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import type { FormFields } from './form-fields.ts'

/** 303 when a redirect is asked for, else the status that is asked for, else 204. `official/post-object.txt`, "Form fields". */
export function postReply(exchange: Exchange, fields: FormFields, version: ObjectVersion): CosReply {
  const { bucket, key } = version
  const etag = `"${version.etag}"`
  const redirect = fields.get('success_action_redirect')
  if (redirect) return emptyReply(303, { ...versionHeaders(version), Location: appendRedirectParameters(redirect, { bucket, key, etag }) })
  const location = exchange.location(key)
  const headers = { ...versionHeaders(version), Location: location }
  const status = fields.get('success_action_status')
  if (status === '200') return emptyReply(200, headers)
  // The current page shows no body; the edition of 2017 and the Android SDK know this one, with an ETag that has no quotes (facts 1.12).
  if (status === '201') return xmlReply(201, writePostResponse({ location, bucket, key, etag: version.etag }), headers)
  return emptyReply(204, headers)
}
