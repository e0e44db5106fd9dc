import type { Fault } from '../faults/fault.ts'

/** A key pair that may call. With `token` it is a temporary one: the token must come along, and it ends at `expiresAt`. */
export interface Credential {
  readonly secretId: string
  readonly secretKey: string
  readonly token?: string
  /** ISO 8601 with a zone. */
  readonly expiresAt?: string
}

export type BucketAcl = 'private' | 'public-read' | 'public-read-write'
export type Versioning = 'off' | 'enabled' | 'suspended'

/** GET Bucket encryption's two words: `AES256`, `KMS`. */
export type DefaultEncryption = { readonly algorithm: 'AES256' } | { readonly algorithm: 'KMS'; readonly kmsMasterKeyId?: string }

export interface CorsRule {
  readonly id?: string
  /** `*`, or an origin with at most one `*` in it. */
  readonly allowedOrigins: readonly string[]
  readonly allowedMethods: readonly CorsMethod[]
  readonly allowedHeaders: readonly string[]
  readonly exposeHeaders: readonly string[]
  readonly maxAgeSeconds?: number
}

export type CorsMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD'

export interface BucketConfig {
  /** With the APPID: `examplebucket-1250000000`. */
  readonly name: string
  readonly region: string
  readonly acl: BucketAcl
  readonly versioning: Versioning
  readonly encryption: DefaultEncryption | null
  readonly cors: readonly CorsRule[]
  /** `Vary: Origin` on every reply: ResponseVary of PUT Bucket cors. */
  readonly corsVary: boolean
  /** Whether `<bucket>.cos.accelerate.…` answers. */
  readonly accelerate: boolean
  /** A bucket of an overdue account: every call gets 451. */
  readonly frozen: boolean
}

/** A key of the key management service. When a config lists none, every key id is taken for an existing one. */
export interface KmsKey {
  readonly id: string
  readonly state: 'enabled' | 'disabled'
}

export interface EmulatorConfig {
  readonly credentials: readonly Credential[]
  readonly buckets: readonly BucketConfig[]
  readonly kmsKeys: readonly KmsKey[]
  /** Whether error replies carry CORS headers. Not documented for COS (facts §6). */
  readonly corsOnErrors: boolean
  readonly faults: readonly Fault[]
  /** Whether a browser that opens the emulator's root sees what is stored and what was asked. From this machine alone. */
  readonly page: boolean
  /** Whether `/_cosdrop/admin/` answers. From this machine alone. */
  readonly admin: boolean
}

type Optional<Value, Name extends keyof Value> = Omit<Value, Name> & Partial<Pick<Value, Name>>

export type CorsRuleInput = Optional<CorsRule, 'allowedHeaders' | 'exposeHeaders'>

/** A bucket as a config may write it. Defaults: `ap-guangzhou`, private, no versioning, no encryption, no CORS rule. */
export type BucketConfigInput = Partial<Omit<BucketConfig, 'name' | 'cors'>> & { readonly name: string; readonly cors?: readonly CorsRuleInput[] }

/** A config as a JSON file or a test writes it. What is left out is the demo's: its credentials, its bucket. */
export interface EmulatorConfigInput {
  readonly credentials?: readonly Credential[]
  readonly buckets?: readonly BucketConfigInput[]
  readonly kmsKeys?: readonly Optional<KmsKey, 'state'>[]
  /** @default true */
  readonly corsOnErrors?: boolean
  readonly faults?: readonly Fault[]
  /** @default true */
  readonly page?: boolean
  /** @default false */
  readonly admin?: boolean
}
