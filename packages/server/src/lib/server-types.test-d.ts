import { createClient } from 'redis'
import { describe, expectTypeOf, it } from 'vitest'
import {
  createConfirmHandler,
  createCosClient,
  createPolicyHandler,
  createPostPolicy,
  allowAnyone,
  isCosServerError,
  type FieldRules,
  type Handler,
} from '../index.ts'
import type { StorePort } from '../index.ts'
import { redisStore } from '../redis.ts'

const base = { bucket: 'b-1', region: 'ap-beijing', credentials: { secretId: 'a', secretKey: 'b' } }

describe('types carry the rules', () => {
  it('authorize is required', () => {
    // @ts-expect-error -- no authorize
    createPolicyHandler(base)
    expectTypeOf(createPolicyHandler({ ...base, authorize: allowAnyone() })).toEqualTypeOf<Handler>()
  })

  it('credentials of an environment may be missing, as they stand or in a function for what an environment has later', () => {
    const environment: Readonly<Record<string, string | undefined>> = {}
    const credentials = () => ({ secretId: environment['COS_SECRET_ID'], secretKey: environment['COS_SECRET_KEY'] })
    const authorize = allowAnyone()
    createPolicyHandler({ ...base, authorize, credentials: credentials() })
    expectTypeOf(createPolicyHandler({ ...base, authorize, credentials })).toEqualTypeOf<Handler>()
    createPolicyHandler({ ...base, authorize, credentials: async () => credentials() })
    createConfirmHandler({ ...base, authorize, credentials, onUploaded: () => {} })
    createCosClient({ ...base, credentials })
  })

  it('the user of authorize is the user of key and onUploaded', () => {
    const authorize = () => ({ id: '7', tenant: 'acme' })
    createPolicyHandler({
      ...base,
      authorize,
      key: (file, { user }) => {
        expectTypeOf(user.tenant).toBeString()
        return `${user.tenant}/${file.name}`
      },
    })
    createConfirmHandler({ ...base, authorize, onUploaded: (_object, user) => void expectTypeOf(user.tenant).toBeString() })
    // @ts-expect-error -- a user without an id cannot be named in a receipt
    createPolicyHandler({ ...base, authorize: () => ({ name: 'ann' }) })
  })

  it('rules name documented fields only, and one way of deciding each', () => {
    expectTypeOf<{ acl: { fixed: 'private' } }>().toExtend<FieldRules>()
    expectTypeOf<{ 'x-cos-meta-album': 'free' }>().toExtend<FieldRules>()
    // @ts-expect-error -- no field of POST Object
    createPostPolicy({ ...base, key: 'a', size: { max: 1 }, fields: { 'x-amz-acl': 'free' } })
    // @ts-expect-error -- the signer makes it
    createPostPolicy({ ...base, key: 'a', size: { max: 1 }, fields: { policy: 'free' } })
    // @ts-expect-error -- the handler decides it for each file
    createPolicyHandler({ ...base, authorize: allowAnyone(), fields: { 'Content-Type': 'free' } })
    // @ts-expect-error -- a size has an upper end
    createPostPolicy({ ...base, key: 'a', size: { min: 1 } })
  })

  it('a code types the details', () => {
    const serviceCode = (error: unknown) => (isCosServerError(error, 'service') ? error.details.serviceCode : null)
    const status = (error: unknown) => (isCosServerError(error, 'refused') ? error.details.status : 0)
    expectTypeOf(serviceCode).returns.toEqualTypeOf<string | null>()
    expectTypeOf(status).returns.toBeNumber()
  })

  it('a client of the official Redis package is a store', () => {
    expectTypeOf(redisStore(createClient())).toEqualTypeOf<StorePort>()
  })
})
