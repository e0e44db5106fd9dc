import { bucketSettingCases } from './cases/bucket-settings.ts'
import { callSignatureCases } from './cases/call-signature.ts'
import { corsCases } from './cases/cors.ts'
import { errorCases } from './cases/errors.ts'
import { encryptionCases } from './cases/encryption.ts'
import { fileHashCases } from './cases/file-hashes.ts'
import { listingCases } from './cases/listings.ts'
import { objectCallCases } from './cases/object-calls.ts'
import { partialReadCases } from './cases/partial-reads.ts'
import { postBodyCases } from './cases/post-body.ts'
import { postFieldCases } from './cases/post-fields.ts'
import { postPolicyCases } from './cases/post-policy.ts'
import { postReplyCases } from './cases/post-replies.ts'
import { postSignatureCases } from './cases/post-signature.ts'
import { removalsAtOnceCases } from './cases/removals-at-once.ts'
import { strangerCallCases } from './cases/stranger-calls.ts'
import { versionCases } from './cases/versions.ts'
import type { ConformanceCase } from './conformance-case.ts'

/** One list for every target: `fetch(Request)`, the Node server, request interception. */
export const conformanceCases: Readonly<Record<string, readonly ConformanceCase[]>> = {
  'replies to a form': postReplyCases,
  'fields of a form': postFieldCases,
  'policies of a form': postPolicyCases,
  'signatures of a form': postSignatureCases,
  'bodies of a form': postBodyCases,
  'encryption at rest': encryptionCases,
  'errors of the table': errorCases,
  'reading and writing objects': objectCallCases,
  'partial and conditional reads': partialReadCases,
  'signatures of other calls': callSignatureCases,
  CORS: corsCases,
  'settings of a bucket': bucketSettingCases,
  listings: listingCases,
  'versions and removals': versionCases,
  'removals of many at once': removalsAtOnceCases,
  'hashes of files': fileHashCases,
  'calls of other clients': strangerCallCases,
}
