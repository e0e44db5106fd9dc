import { parseAccept, type Accept, type AcceptOption } from '../keys/accept.ts'
import { invalidOption } from '../policy/invalid-option.ts'
import { badRequest } from '../policy/refusal.ts'
import { checkSizeRange } from '../policy/size-range.ts'
import { LARGEST_BATCH, tooManyFiles, type RequestedFile } from './read-policy-request.ts'

/** Which files are signed for. The page can read them (GET) and shows them before a file is chosen. */
export interface FileLimits {
  /** `image/*,.pdf,text/csv`, or a map as in the page's restrictions. @default everything */
  readonly accept?: AcceptOption | undefined
  /** Bytes, inclusive. @default 0 */
  readonly minSize?: number | undefined
  /** Bytes, inclusive; at most 5 GB. @default 104857600 (100 MiB) */
  readonly maxSize?: number | undefined
  /** In one request, at most 100. A page may ask again: bound that with `rateLimit` or in `authorize`. @default 100 */
  readonly maxFiles?: number | undefined
  /** Bytes of all files of one request, inclusive. @default no limit */
  readonly maxTotalSize?: number | undefined
}

/** What GET tells of them. */
export interface ShownLimits extends FileLimits {
  readonly accept?: string | undefined
  readonly maxSize: number
}

export interface CheckedLimits {
  readonly accept: Accept
  readonly minSize: number
  readonly maxSize: number
  readonly maxFiles: number
  readonly maxTotalSize: number
  readonly shown: ShownLimits
}

/** @throws {CosServerError} `rules-invalid` */
export function checkLimits(limits: FileLimits): CheckedLimits {
  const { min, max } = checkSizeRange({ min: limits.minSize ?? 0, max: limits.maxSize ?? 100 * 1024 ** 2 })
  const maxFiles = limits.maxFiles ?? LARGEST_BATCH
  if (!Number.isInteger(maxFiles) || maxFiles < 1 || maxFiles > LARGEST_BATCH) {
    throw invalidOption('maxFiles', `maxFiles is ${maxFiles}; it is a whole number from 1 to ${LARGEST_BATCH}.`)
  }
  const maxTotalSize = limits.maxTotalSize ?? Infinity
  if (!(maxTotalSize > 0)) throw invalidOption('maxTotalSize', 'maxTotalSize is a number of bytes above 0.')
  const accept = parseAccept(limits.accept ?? '')
  const sizes = { minSize: min, maxSize: max, maxFiles }
  const shown = { ...(accept.text !== null && { accept: accept.text }), ...sizes, ...(maxTotalSize !== Infinity && { maxTotalSize }) }
  return { accept, ...sizes, maxTotalSize, shown }
}

/** Limits that concern the request as a whole. @throws {CosServerError} `refused` */
export function checkBatch(files: readonly RequestedFile[], limits: CheckedLimits): void {
  if (files.length > limits.maxFiles) {
    throw tooManyFiles(files.length, limits.maxFiles)
  }
  let total = 0
  for (const file of files) total += file.size
  if (total > limits.maxTotalSize) {
    throw badRequest('total-too-large', `The files take ${total} bytes together; at most ${limits.maxTotalSize} may be uploaded at once.`)
  }
}

/** @throws {CosServerError} `refused` */
export function checkFile(file: RequestedFile, contentType: string, index: number, limits: CheckedLimits): void {
  const no = (code: string, message: string): never => {
    throw badRequest(code, message, index)
  }
  if (file.size > limits.maxSize) no('file-too-large', `"${file.name}" takes ${file.size} bytes; at most ${limits.maxSize} are allowed.`)
  if (file.size < limits.minSize) no('file-too-small', `"${file.name}" takes ${file.size} bytes; at least ${limits.minSize} are asked for.`)
  if (!limits.accept.admits(file.name, contentType)) {
    no('file-invalid-type', `"${file.name}" counts as ${contentType}; allowed are ${limits.accept.text ?? 'all types'}.`)
  }
}
