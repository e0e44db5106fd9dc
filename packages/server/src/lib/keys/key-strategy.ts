import { checkObjectKey } from '@cosdrop/protocol'
import type { RequestedFile } from '../handler/read-policy-request.ts'
import { badRequest } from '../policy/refusal.ts'
import { extensionOf } from './content-type.ts'

/** What a key may be made from. */
export interface KeyContext<User> {
  readonly user: User
  /** The request's `context`, as the page sent it: check it before use. */
  readonly context: unknown
  /** Milliseconds since 1970. */
  readonly now: number
  readonly contentType: string
}

/** Names the object of one file. The name that it returns is signed as it is. */
export type KeyStrategy<User> = (file: RequestedFile, context: KeyContext<User>) => string | Promise<string>

/** Letters, digits and marks of all scripts, `.`, `-`, `_`: what every system and URL takes as it is. May be empty. */
function safeText(text: string): string {
  return trimmed(text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-'))
}

function trimmed(text: string): string {
  return text.replace(/^[.-]+|[.-]+$/g, '')
}

function first80(text: string): string {
  return Array.from(text).slice(0, 80).join('')
}

/** A name made of what every system and URL takes as it is: letters, digits and marks of all scripts, `.`, `-`, `_`. */
export function safeFileName(name: string): string {
  const safe = safeText(name)
  const extension = extensionOf(safe)
  const stem = safe.slice(0, safe.length - extension.length).replace(/[.-]+$/, '')
  return (first80(stem) || 'file') + extension.slice(0, 16)
}

function safeExtension(name: string): string {
  const extension = extensionOf(name)
  return /^\.[a-z\d]{1,16}$/.test(extension) ? extension : ''
}

/** `3f2b….jpg` */
function uniqueName({ name }: RequestedFile): string {
  return `${crypto.randomUUID()}${safeExtension(name)}`
}

/** `uploads/3f2b….jpg`: nothing of the visitor's but the extension, and no two alike. The default. @param prefix @default 'uploads/' */
export function uniqueKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  return (file) => `${prefix}${uniqueName(file)}`
}

/** An id as one folder: no slash gets through, and none that is made of dots alone, which URLs take for another place. */
function folderName(id: string): string {
  const encoded = encodeURIComponent(id)
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded
}

/** `uploads/<user id>/3f2b….jpg`: one folder for each user. @param prefix @default 'uploads/' */
export function userKey(prefix: string = 'uploads/'): KeyStrategy<{ readonly id: string }> {
  return (file, { user }) => `${prefix}${folderName(user.id)}/${uniqueName(file)}`
}

/** `uploads/3f2b…/holiday.jpg`: keeps the file's name, in a folder of its own so that nothing is overwritten. @param prefix @default 'uploads/' */
export function namedKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  return (file) => `${prefix}${crypto.randomUUID()}/${safeFileName(file.name)}`
}

/**
 * `uploads/holidays/beach/3f2b….jpg`: keeps the folders of a dropped or chosen folder, made safe as `namedKey` makes names; no two files are alike.
 * Refuses a file whose folders leave no room for its name in the 850 bytes of a key.
 * @param prefix @default 'uploads/'
 */
export function folderKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  return (file) => {
    const folders = (file.relativePath ?? '').split('/').slice(0, -1)
    const path = folders.map((folder) => `${trimmed(first80(safeText(folder))) || 'folder'}/`).join('')
    const key = `${prefix}${path}${uniqueName(file)}`
    if (checkObjectKey(key)?.code !== 'too-long') return key
    const remedy = 'Shorten them, or upload it from a folder further up.'
    throw badRequest('file-name-invalid', `The folders of "${file.name}" have too long names to be kept. ${remedy}`)
  }
}
