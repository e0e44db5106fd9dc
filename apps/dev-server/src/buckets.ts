import { parseConfig, type EmulatorConfig } from '@cosdrop/emulator'
import { HEADERS_TO_EXPOSE } from '@cosdrop/protocol'

export const REGION = 'ap-guangzhou'

/** The buckets of the local COS: one as it should be, two set up as people set them up by mistake, and one whose connections break. */
export const BUCKETS = {
  plain: 'examplebucket-1250000000',
  noCors: 'nocors-1250000000',
  noEtag: 'noetag-1250000000',
  cut: 'cut-1250000000',
} as const

// The key pair that the official POST Object page prints as its example: it opens nothing but emulators.
export const CREDENTIALS = { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz' } as const

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'] as const

function bucket(name: string, exposeHeaders: readonly string[] | null): unknown {
  const rule = { allowedOrigins: ['*'], allowedMethods: methods, allowedHeaders: ['*'], maxAgeSeconds: 600 }
  const cors = exposeHeaders === null ? [] : [{ ...rule, exposeHeaders }]
  return { name, region: REGION, acl: 'private', versioning: 'enabled', encryption: { algorithm: 'AES256' }, cors }
}

export const EMULATOR_CONFIG: EmulatorConfig = parseConfig({
  credentials: [CREDENTIALS],
  buckets: [
    bucket(BUCKETS.plain, HEADERS_TO_EXPOSE),
    bucket(BUCKETS.noCors, null),
    bucket(BUCKETS.noEtag, ['x-cos-request-id']),
    bucket(BUCKETS.cut, HEADERS_TO_EXPOSE),
  ],
  // Less than the form has before its file: a file of any size is cut.
  faults: [{ kind: 'drop', afterBytes: 1000, bucket: BUCKETS.cut, method: 'POST' }],
})
