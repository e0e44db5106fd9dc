import { MAX_KEY_BYTES } from '@cosdrop/protocol'
import { safeFolderName } from '../keys/safe-name.ts'
import { badRequest } from '../policy/refusal.ts'

/** A file as the page describes it. Nothing of it is proved. */
export interface RequestedFile {
  /** Without path, without control characters, at most 255 UTF-16 units. */
  readonly name: string
  /** `album/sub/name.jpg` for a file of a dropped or chosen folder. Every part is such a name: folders that have another one get a safe one. */
  readonly relativePath?: string
  /** MIME type as the browser tells it; may be empty. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** With `receipt`: the key to be signed again. */
  readonly key?: string
  readonly receipt?: string
}

export interface PolicyRequest {
  readonly files: readonly RequestedFile[]
  /** Wishes, in the order sent. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly context: unknown
}

/** Files of one request, at most. */
export const LARGEST_BATCH = 100

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(problem: string, index: number | null = null): Error {
  return badRequest('request-malformed', problem, index)
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const LONE_SURROGATE = /\p{Surrogate}/u

function nameProblem(name: string): string | null {
  if (name === '') return 'is empty'
  if (name.length > 255) return 'is longer than 255 characters'
  if (/[/\\]/.test(name)) return 'contains / or \\'
  if (name === '.' || name === '..') return 'is a folder'
  if (CONTROL.test(name)) return 'contains a control character'
  if (LONE_SURROGATE.test(name)) return 'is not well-formed Unicode'
  // It would make the key a prefix and the policy wider than meant.
  if (name.includes('${filename}')) return 'contains ${filename}'
  return null
}

/** `null` and the empty text are a browser's words for none. */
function readPath(path: unknown, name: string, index: number): { readonly relativePath?: string } {
  if (path === undefined || path === null || path === '') return {}
  if (typeof path !== 'string') throw malformed(`The path of file ${index + 1} is not a string.`, index)
  // `/album/a.jpg` and `./a.jpg` of other drop zones name no folder more. No key has room for so many as a request can name.
  const folders = path
    .split('/', MAX_KEY_BYTES + 1)
    .slice(0, -1)
    .filter((folder) => folder !== '' && folder !== '.')
  // Not refused: systems allow such folders, and most keys are made without them.
  const safe = folders.map((folder) => (nameProblem(folder) === null ? folder : safeFolderName(folder, 80)))
  return { relativePath: [...safe, name].join('/') }
}

function readFile(value: unknown, index: number): RequestedFile {
  const { name, relativePath, type, size, key, receipt } = isRecord(value) ? value : {}
  if (typeof name !== 'string' || typeof type !== 'string') throw malformed(`The name or the type of file ${index + 1} is not a string.`, index)
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw malformed(`The size of file ${index + 1} is not a whole number of bytes.`, index)
  }
  if (type.length > 255 || CONTROL.test(type)) throw malformed(`The type of file ${index + 1} is not a MIME type.`, index)
  const problem = nameProblem(name)
  if (problem !== null) throw badRequest('file-name-invalid', `The name of file ${index + 1} ${problem}.`, index)
  const path = readPath(relativePath, name, index)
  if (receipt === undefined) return { name, ...path, type, size }
  if (typeof key !== 'string' || typeof receipt !== 'string')
    throw malformed(`File ${index + 1} has a receipt, but not both it and its key as strings.`, index)
  return { name, ...path, type, size, key, receipt }
}

function readWishes(value: unknown): PolicyRequest['fields'] {
  if (value === undefined) return []
  if (!isRecord(value)) throw malformed('"fields" is not an object.')
  return Object.entries(value).map(([name, wish]) => {
    // Not longer: each of a hundred forms repeats it twice.
    if (typeof wish !== 'string' || wish.length > 4096 || CONTROL.test(wish) || LONE_SURROGATE.test(wish))
      throw malformed(`The wish for "${name.slice(0, 64)}" is not text of at most 4096 characters without control characters.`)
    return [name, wish] as const
  })
}

export function tooManyFiles(count: number, most: number): Error {
  return badRequest('too-many-files', `These are ${count} files; at most ${most} may be uploaded at once.`)
}

/** Reads the body of the policy request of the endpoint's contract (README). A key without a receipt is a wish that no rule grants: it is left out. @throws {CosServerError} `refused` */
export function readPolicyRequest(body: unknown): PolicyRequest {
  if (!isRecord(body) || !Array.isArray(body['files'])) throw malformed('The request is not an object with a list of "files".')
  const files: readonly unknown[] = body['files']
  if (files.length === 0) throw malformed('"files" is empty.')
  if (files.length > LARGEST_BATCH) {
    throw tooManyFiles(files.length, LARGEST_BATCH)
  }
  return { files: files.map(readFile), fields: readWishes(body['fields']), context: body['context'] }
}
