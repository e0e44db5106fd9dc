import { parseExpiration } from '@cosdrop/protocol'
import { isPattern } from '../cors/cors-rule-match.ts'
import { parseFault } from '../faults/parse-fault.ts'
import { ConfigError, ConfigReader } from './config-reader.ts'
import { demoConfig } from './demo-config.ts'
import type { BucketConfig, CorsRule, Credential, DefaultEncryption, EmulatorConfig, KmsKey } from './emulator-config.ts'

// Bucket naming: https://cloud.tencent.com/document/product/436/13312 (facts §9).
const BUCKET_NAME = /^[a-z\d](?:[a-z\d-]*[a-z\d])?-\d+$/
const REGION = /^[a-z\d-]+$/
const MAX_CORS_RULES = 100

function parseCredential(value: unknown, path: string): Credential {
  const read = new ConfigReader(path, value)
  const secretId = read.string('secretId')
  const secretKey = read.string('secretKey')
  const token = read.has('token') ? read.string('token') : null
  const expiresAt = read.has('expiresAt') ? read.string('expiresAt') : null
  if (expiresAt !== null && parseExpiration(expiresAt) === null) {
    read.fail('expiresAt', 'it must be ISO 8601 with a zone, such as 2030-01-01T00:00:00Z.')
  }
  if (expiresAt !== null && token === null) read.fail('expiresAt', 'only temporary credentials end; give their "token" as well.')
  read.end()
  return { secretId, secretKey, ...(token !== null && { token }), ...(expiresAt !== null && { expiresAt }) }
}

export function parseCorsRule(value: unknown, path: string): CorsRule {
  const read = new ConfigReader(path, value)
  const rule = {
    ...(read.has('id') && { id: read.string('id') }),
    allowedOrigins: read.strings('allowedOrigins'),
    allowedMethods: read.words('allowedMethods', ['GET', 'PUT', 'POST', 'DELETE', 'HEAD']),
    allowedHeaders: read.strings('allowedHeaders'),
    exposeHeaders: read.strings('exposeHeaders'),
    ...(read.has('maxAgeSeconds') && { maxAgeSeconds: read.wholeNumber('maxAgeSeconds') }),
  }
  if (rule.allowedOrigins.length === 0) read.fail('allowedOrigins', 'a rule needs at least one origin.')
  if (rule.allowedMethods.length === 0) read.fail('allowedMethods', 'a rule needs at least one method.')
  for (const name of ['allowedOrigins', 'allowedHeaders'] as const) {
    if (!rule[name].every(isPattern)) read.fail(name, 'each may hold one * at most.')
  }
  if (rule.exposeHeaders.includes('*')) read.fail('exposeHeaders', 'COS does not take * here; name the headers.')
  read.end()
  return rule
}

function parseEncryption(value: unknown, path: string): DefaultEncryption | null {
  if (value === null || value === undefined) return null
  const read = new ConfigReader(path, value)
  const algorithm = read.oneOf('algorithm', ['AES256', 'KMS'])
  const keyId = algorithm === 'KMS' && read.has('kmsMasterKeyId') ? read.string('kmsMasterKeyId') : null
  read.end()
  if (algorithm === 'AES256') return { algorithm }
  return { algorithm, ...(keyId !== null && { kmsMasterKeyId: keyId }) }
}

function parseBucket(value: unknown, path: string): BucketConfig {
  const read = new ConfigReader(path, value)
  const bucket: BucketConfig = {
    name: read.string('name'),
    region: read.string('region', 'ap-guangzhou'),
    acl: read.oneOf('acl', ['private', 'public-read', 'public-read-write'], 'private'),
    versioning: read.oneOf('versioning', ['off', 'enabled', 'suspended'], 'off'),
    encryption: parseEncryption(read.any('encryption'), `${path}.encryption`),
    cors: read.list('cors', parseCorsRule),
    corsVary: read.boolean('corsVary', false),
    accelerate: read.boolean('accelerate', false),
    frozen: read.boolean('frozen', false),
  }
  if (!BUCKET_NAME.test(bucket.name) || bucket.name.length > 60) {
    read.fail('name', `"${bucket.name}" is no bucket name; it is <name>-<APPID>, such as examplebucket-1250000000, up to 60 characters.`)
  }
  if (!REGION.test(bucket.region)) read.fail('region', `"${bucket.region}" is no region; it looks like ap-guangzhou.`)
  if (bucket.cors.length > MAX_CORS_RULES) read.fail('cors', `COS takes ${MAX_CORS_RULES} rules at most.`)
  read.end()
  return bucket
}

function parseKmsKey(value: unknown, path: string): KmsKey {
  const read = new ConfigReader(path, value)
  const key = { id: read.string('id'), state: read.oneOf('state', ['enabled', 'disabled'], 'enabled') }
  read.end()
  return key
}

function refuseTwice(what: string, path: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new ConfigError(path, `the ${what} "${twice}" stands there twice.`)
}

/**
 * Checks a config that came from outside. What is left out is the demo's: its credentials, its bucket.
 * @throws {ConfigError} with the place and what to write there
 */
export function parseConfig(value: unknown): EmulatorConfig {
  const read = new ConfigReader('', value)
  const config: EmulatorConfig = {
    credentials: read.has('credentials') ? read.list('credentials', parseCredential) : demoConfig.credentials,
    buckets: read.has('buckets') ? read.list('buckets', parseBucket) : demoConfig.buckets,
    kmsKeys: read.list('kmsKeys', parseKmsKey),
    corsOnErrors: read.boolean('corsOnErrors', true),
    faults: read.list('faults', parseFault),
    page: read.boolean('page', true),
    admin: read.boolean('admin', false),
  }
  read.end()
  refuseTwice(
    'secretId',
    'credentials',
    config.credentials.map((credential) => credential.secretId),
  )
  refuseTwice(
    'bucket',
    'buckets',
    config.buckets.map((bucket) => bucket.name),
  )
  return config
}
