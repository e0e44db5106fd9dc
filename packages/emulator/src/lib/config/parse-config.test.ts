import { describe, expect, it } from 'vitest'
import { ConfigError } from './config-reader.ts'
import { demoConfig } from './demo-config.ts'
import { parseConfig } from './parse-config.ts'

const name = 'examplebucket-1250000000'
const rule = { allowedOrigins: ['*'], allowedMethods: ['POST'] }

function bucket(part: object): object {
  return { buckets: [{ name, ...part }] }
}

describe('a config', () => {
  it('that is empty is the demo', () => {
    const { credentials, buckets } = parseConfig({})
    expect({ credentials, buckets }).toEqual({ credentials: demoConfig.credentials, buckets: demoConfig.buckets })
  })

  it('that is the demo’s own stays as it is', () => expect(parseConfig(demoConfig)).toEqual(demoConfig))

  it('needs no more than a bucket’s name', () => {
    expect(parseConfig(bucket({})).buckets).toEqual([
      {
        name,
        region: 'ap-guangzhou',
        acl: 'private',
        versioning: 'off',
        encryption: null,
        cors: [],
        corsVary: false,
        accelerate: false,
        frozen: false,
      },
    ])
  })

  it('is read as the design writes it', () => {
    const config = {
      credentials: [
        { secretId: 'a', secretKey: 'b' },
        { secretId: 'c', secretKey: 'd', token: 'e', expiresAt: '2030-01-01T00:00:00Z' },
      ],
      buckets: [
        {
          name,
          region: 'ap-guangzhou',
          acl: 'public-read-write',
          versioning: 'suspended',
          encryption: { algorithm: 'KMS', kmsMasterKeyId: 'k' },
          cors: [
            { allowedOrigins: ['*'], allowedMethods: ['POST'], allowedHeaders: ['*'], exposeHeaders: ['ETag'], maxAgeSeconds: 600 },
            { ...rule, id: 'second', maxAgeSeconds: 0 },
          ],
        },
      ],
      faults: [],
    }
    expect(parseConfig(config)).toMatchObject(config)
  })

  it('leaves the KMS key of a default encryption to the service, as COS does', () => {
    expect(parseConfig(bucket({ encryption: { algorithm: 'KMS' } })).buckets[0]?.encryption).toEqual({ algorithm: 'KMS' })
  })

  it('may go to the very limits of COS', () => {
    const cors = Array.from({ length: 100 }, () => rule)
    const longest = `${'a'.repeat(58)}-1`
    expect(parseConfig({ buckets: [{ name: longest, cors }] }).buckets).toMatchObject([{ name: longest, cors }])
  })

  it('that is none, or has a mistake deep inside, is complained about in one sentence', () => {
    expect(() => parseConfig(null)).toThrow('The config is wrong at its top: it must be an object, and is null.')
    expect(() => parseConfig(bucket({ cors: ['*'] }))).toThrow('The config is wrong at buckets[0].cors[0]: it must be an object, and is string "*".')
  })

  it.each([
    [[], '', 'it must be an object, and is a list'],
    [{ bucket: [] }, 'bucket', 'there is no such setting. Known here: credentials, buckets'],
    [{ buckets: {} }, 'buckets', 'it must be a list'],
    [{ buckets: [null] }, 'buckets[0]', 'it must be an object, and is null'],
    [{ buckets: [{}] }, 'buckets[0].name', 'it must be a text'],
    [{ credentials: [{ secretId: 'AKID', secretKey: '' }] }, 'credentials[0].secretKey', 'it must be a text, and is empty'],
    [{ buckets: [{ name: 'noappid' }] }, 'buckets[0].name', '"noappid" is no bucket name; it is <name>-<APPID>'],
    [{ buckets: [{ name: 'UPPER-1' }] }, 'buckets[0].name', 'is no bucket name'],
    [{ buckets: [{ name: `${'a'.repeat(60)}-1` }] }, 'buckets[0].name', 'up to 60 characters'],
    [{ buckets: [{ name }, { name }] }, 'buckets', 'stands there twice'],
    [bucket({ region: 'ap guangzhou' }), 'buckets[0].region', 'is no region'],
    [bucket({ acl: 'open' }), 'buckets[0].acl', 'it must be one of private, public-read, public-read-write, and is string "open"'],
    [bucket({ versioning: true }), 'buckets[0].versioning', 'it must be one of off, enabled, suspended'],
    [bucket({ encryption: { algorithm: 'cos/kms' } }), 'buckets[0].encryption.algorithm', 'it must be one of AES256, KMS'],
    [bucket({ encryption: { algorithm: 'AES256', kmsMasterKeyId: 'k' } }), 'buckets[0].encryption.kmsMasterKeyId', 'there is no such setting'],
    [bucket({ cors: [{ ...rule, allowedOrigins: [] }] }), 'buckets[0].cors[0].allowedOrigins', 'at least one'],
    [bucket({ cors: [{ ...rule, allowedOrigins: ['https://*.*.a'] }] }), 'buckets[0].cors[0].allowedOrigins', 'one *'],
    [bucket({ cors: [{ ...rule, allowedHeaders: ['x-*-meta-*'] }] }), 'buckets[0].cors[0].allowedHeaders', 'one *'],
    [
      bucket({ cors: [{ ...rule, allowedMethods: ['PATCH'] }] }),
      'buckets[0].cors[0].allowedMethods[0]',
      'it must be one of GET, PUT, POST, DELETE, HEAD',
    ],
    [bucket({ cors: [{ ...rule, exposeHeaders: ['*'] }] }), 'buckets[0].cors[0].exposeHeaders', 'name the headers'],
    [bucket({ cors: [{ ...rule, maxAgeSeconds: -1 }] }), 'buckets[0].cors[0].maxAgeSeconds', 'whole number'],
    [bucket({ cors: Array.from({ length: 101 }, () => rule) }), 'buckets[0].cors', '100 rules'],
    [{ credentials: [{ secretId: 'a' }] }, 'credentials[0].secretKey', 'it must be a text, and is missing'],
    [{ credentials: [{ secretId: 'a', secretKey: 'b', token: 'c', expiresAt: 'soon' }] }, 'credentials[0].expiresAt', 'ISO 8601'],
    [
      { credentials: [{ secretId: 'a', secretKey: 'b', expiresAt: '2030-01-01T00:00:00Z' }] },
      'credentials[0].expiresAt',
      'only temporary credentials end',
    ],
    [{ kmsKeys: [{ id: 'a', state: 'on' }] }, 'kmsKeys[0].state', 'it must be one of'],
    [{ credentials: [{ secretId: 'a', secretKey: 'b', Token: 'c' }] }, 'credentials[0].Token', 'there is no such setting'],
    [
      {
        credentials: [
          { secretId: 'a', secretKey: 'b' },
          { secretId: 'a', secretKey: 'c' },
        ],
      },
      'credentials',
      'the secretId "a" stands there twice',
    ],
    [bucket({ name: {} }), 'buckets[0].name', 'it must be a text, and is an object'],
    [bucket({ version: 'enabled' }), 'buckets[0].version', 'there is no such setting'],
    [bucket({ accelerate: 'yes' }), 'buckets[0].accelerate', 'it must be true or false, and is string "yes"'],
    [bucket({ cors: [{ ...rule, allowedMethods: [] }] }), 'buckets[0].cors[0].allowedMethods', 'at least one'],
    [bucket({ cors: [{ ...rule, allowedOrigin: '*' }] }), 'buckets[0].cors[0].allowedOrigin', 'there is no such setting'],
    [bucket({ cors: [{ ...rule, allowedHeaders: ['*', 7] }] }), 'buckets[0].cors[0].allowedHeaders[1]', 'it must be a text, and is number 7'],
    [bucket({ cors: [{ ...rule, exposeHeaders: [''] }] }), 'buckets[0].cors[0].exposeHeaders[0]', 'it must be a text, and is empty'],
    [bucket({ cors: [{ ...rule, maxAgeSeconds: '600' }] }), 'buckets[0].cors[0].maxAgeSeconds', 'whole number'],
    [bucket({ cors: [{ ...rule, maxAgeSeconds: 0.5 }] }), 'buckets[0].cors[0].maxAgeSeconds', 'whole number'],
    [{ kmsKeys: [{ id: 'a', status: 'disabled' }] }, 'kmsKeys[0].status', 'there is no such setting'],
    [{ faults: [{ kind: 'internal-error', method: 'PSOT' }] }, 'faults[0].method', 'it must be one of GET, HEAD, POST, PUT, DELETE, OPTIONS'],
    [{ faults: [{ kind: 'internal-error', method: ['POST', 'get'] }] }, 'faults[0].method[1]', 'it must be one of'],
    [{ faults: [{ kind: 'internal-error', method: [] }] }, 'faults[0].method', 'at least one'],
  ])('%j is refused with the place and what to write', (config, path, sentence) => {
    let error: unknown
    try {
      parseConfig(config)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ConfigError)
    expect(error).toMatchObject({ path, message: expect.stringContaining(sentence) })
  })

  it.each([
    [[{ secretId: 7, secretKey: 'very secret' }]],
    [['AKID:very secret']],
    ['very secret'],
    [[{ secretId: 'a', secretKey: ['very secret'] }]],
  ])('never shows a SecretKey in its complaint about credentials %j', (credentials) => {
    expect(() => parseConfig({ credentials })).toThrow(ConfigError)
    expect(() => parseConfig({ credentials })).toThrow(/^(?!.*very secret)/)
  })
})
