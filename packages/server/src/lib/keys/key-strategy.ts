import type { RequestedFile } from '../handler/read-policy-request.ts'
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

/** A name made of what every system and URL takes as it is: letters, digits and marks of all scripts, `.`, `-`, `_`. */
export function safeFileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
  const extension = extensionOf(safe)
  const stem = safe.slice(0, safe.length - extension.length).replace(/[.-]+$/, '')
  return (Array.from(stem).slice(0, 80).join('') || 'file') + extension.slice(0, 16)
}

function safeExtension(name: string): string {
  const extension = extensionOf(name)
  return /^\.[a-z\d]{1,16}$/.test(extension) ? extension : ''
}

/** `uploads/3f2b….jpg`: nothing of the visitor's but the extension, and no two alike. The default. @param prefix @default 'uploads/' */
export function uniqueKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  return (file) => `${prefix}${crypto.randomUUID()}${safeExtension(file.name)}`
}

/** An id as one folder: no slash gets through, and none that is made of dots alone, which URLs take for another place. */
function folderName(id: string): string {
  const encoded = encodeURIComponent(id)
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded
}

/** `uploads/<user id>/3f2b….jpg`: one folder for each user. @param prefix @default 'uploads/' */
export function userKey(prefix: string = 'uploads/'): KeyStrategy<{ readonly id: string }> {
  return (file, { user }) => `${prefix}${folderName(user.id)}/${crypto.randomUUID()}${safeExtension(file.name)}`
}

/** `uploads/3f2b…/holiday.jpg`: keeps the file's name, in a folder of its own so that nothing is overwritten. @param prefix @default 'uploads/' */
export function namedKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  return (file) => `${prefix}${crypto.randomUUID()}/${safeFileName(file.name)}`
}
