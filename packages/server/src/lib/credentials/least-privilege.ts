import { addressUrl } from '../policy/bucket-address.ts'
import { invalidOption } from '../policy/invalid-option.ts'

/** A CAM policy, version 2.0. https://cloud.tencent.com/document/product/598/10603 */
export interface CamPolicy {
  readonly version: '2.0'
  readonly statement: readonly { readonly effect: 'allow'; readonly action: readonly string[]; readonly resource: readonly string[] }[]
}

export interface LeastPrivilegeOptions {
  /** Name with APPID. */
  readonly bucket: string
  readonly region: string
  /** What all keys start with: the same text that was given to the key strategy. */
  readonly prefix: string
  /** For `createConfirmHandler` and `headObject`, `getFileHash`. @default false */
  readonly read?: boolean | undefined
  /** For `deleteObject`. @default false */
  readonly remove?: boolean | undefined
  /** For `getBucketEncryption`. @default false */
  readonly encryption?: boolean | undefined
}

/**
 * The narrowest CAM policy that can sign these uploads: `name/cos:PostObject` below one prefix (PutObject alone does not allow POST: facts §10).
 * Even if these credentials got out, they could not read, list or delete.
 * @throws {CosServerError} `rules-invalid`
 */
export function leastPrivilege({ bucket, region, prefix, read = false, remove = false, encryption = false }: LeastPrivilegeOptions): CamPolicy {
  // CAM reads a star as "anything" there too; an address has none.
  addressUrl({ bucket, region })
  if (prefix.includes('*')) throw invalidOption('prefix', 'The prefix contains "*", which CAM reads as "anything".')
  const below = `qcs::cos:${region}:uid/${bucket.replace(/.*-/, '')}:${bucket}/`
  const action = ['name/cos:PostObject']
  if (read) action.push('name/cos:HeadObject', 'name/cos:GetObject')
  if (remove) action.push('name/cos:DeleteObject')
  const objects = { effect: 'allow', action, resource: [`${below}${prefix}*`] } as const
  const settings = { effect: 'allow', action: ['name/cos:GetBucketEncryption'], resource: [below] } as const
  return { version: '2.0', statement: encryption ? [objects, settings] : [objects] }
}
