import { createPolicyHandler, userKey, type Handler } from '@cosdrop/server'
import { readSession } from './session.ts'

/** What a deployment is told from outside. */
export interface PolicyEnvironment {
  readonly COS_SECRET_ID?: string | undefined
  readonly COS_SECRET_KEY?: string | undefined
  /** The bucket's URL, when it is not the default one: here a local COS. */
  readonly COS_ENDPOINT?: string | undefined
}

/** The policy endpoint of an app: who may upload, what, and where to. */
export function policyOf(env: PolicyEnvironment): Handler {
  return createPolicyHandler({
    bucket: 'examplebucket-1250000000',
    region: 'ap-guangzhou',
    ...(env.COS_ENDPOINT !== undefined && { endpoint: env.COS_ENDPOINT }),
    credentials: { secretId: env.COS_SECRET_ID ?? '', secretKey: env.COS_SECRET_KEY ?? '' },
    authorize: (request) => readSession(request),
    key: userKey('uploads/'),
    limits: { accept: 'image/*,.pdf', maxSize: 10 * 1024 ** 2 },
    cors: { origins: ['https://app.example.com'] },
  })
}
