import { createPolicyHandler, userKey, type Handler } from '@cosdrop/server'
import { bucketOf, type Environment } from './environment.ts'
import { readSession } from './session.ts'

/** The policy endpoint of an app: who may upload, what, and where to. */
export function policyOf(env: Environment): Handler {
  return createPolicyHandler({
    ...bucketOf(env),
    authorize: (request) => readSession(request),
    key: userKey('uploads/'),
    limits: { accept: 'image/*,.pdf', maxSize: 10 * 1024 ** 2 },
    cors: { origins: ['https://app.example.com'] },
  })
}
