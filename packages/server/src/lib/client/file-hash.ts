import { childText, readXml } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'

export type FileHashType = 'md5' | 'sha1' | 'sha256'

/** What Cloud Infinite computed over a stored object. `official/file-hash.txt`. */
export interface FileHash {
  readonly type: FileHashType
  /** Lower-case hex. */
  readonly value: string
  /** Bytes. */
  readonly size: number
}

/** Below this the hash comes at once; larger objects need an asynchronous job (哈希值计算同步请求). */
const LIMIT = 128 * 1024 ** 2
/** Milliseconds: COS itself allows ten seconds for it (哈希值计算同步请求). */
export const HASH_PATIENCE = 15_000
const TYPES: ReadonlySet<string> = new Set<FileHashType>(['md5', 'sha1', 'sha256'])
const REGIONS = new Set(['ap-beijing', 'ap-shanghai', 'ap-guangzhou', 'ap-chengdu', 'ap-hongkong', 'ap-singapore', 'na-siliconvalley'])
const FROZEN = new Set(['ARCHIVE', 'DEEP_ARCHIVE'])

function unsupported(reason: string, message: string): never {
  throw new CosServerError('unsupported', message, { reason })
}

/** Why no object of a bucket there is hashed; `null` when some are. */
function regionProblem(region: string): string | null {
  return REGIONS.has(region) ? null : `The file hash is offered in ${[...REGIONS].join(', ')} and not in ${region}. Compare CRC-64 instead.`
}

/** Why nothing is hashed so: apps in JavaScript ask for what no service computes. `null` when some objects are. */
export function hashProblem(type: FileHashType, region: string): string | null {
  return TYPES.has(type) ? regionProblem(region) : `COS computes ${[...TYPES].join(', ')}, and no "${type}".`
}

/** Tells before the call what the service would refuse after ten seconds. @throws {CosServerError} `unsupported` */
export function checkHashable(region: string, size: number, storageClass: string | null): void {
  const problem = regionProblem(region)
  if (problem !== null) unsupported('region', problem)
  if (size >= LIMIT) unsupported('size', `The object takes ${size} bytes; the file hash is offered below ${LIMIT} (128 MB). Compare CRC-64 instead.`)
  if (storageClass !== null && FROZEN.has(storageClass)) unsupported('storage-class', `The object is stored as ${storageClass}: restore it first.`)
}

/** @throws {CosServerError} `reply-malformed` */
export function readFileHash(xml: string, type: FileHashType): FileHash {
  const root = readXml(xml)
  const result = root?.name === 'Response' ? root.children.find((part) => part.name === 'FileHashCodeResult') : undefined
  const value = result && childText(result, type.toUpperCase())
  const size = result && childText(result, 'FileSize')
  if (typeof value === 'string' && typeof size === 'string' && /^[\da-f]{32,64}$/i.test(value) && /^\d+$/.test(size)) {
    return { type, value: value.toLowerCase(), size: Number(size) }
  }
  throw new CosServerError('reply-malformed', `COS answered the file hash without a ${type.toUpperCase()}. Is Cloud Infinite bound to the bucket?`, {
    problem: root === null ? 'not XML' : `root ${root.name}`,
  })
}
