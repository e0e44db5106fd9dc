import { checkObjectKey } from '@cosdrop/protocol'
import type { RequestedFile } from '../handler/read-policy-request.ts'
import { checkedKey } from '../policy/checked-key.ts'
import { badRequest } from '../policy/refusal.ts'
import { extensionOf } from './content-type.ts'
import { safeFileName, safeFolderName } from './safe-name.ts'

/** What a key may be made from. */
export interface KeyContext<User> {
  readonly user: User
  /** The request's `context`, as the page sent it: check it before use. */
  readonly context: unknown
  /** Milliseconds since 1970. */
  readonly now: number
  readonly contentType: string
}

/**
 * Names the object of one file. The name that it returns is signed as it is: two files that are given one name are one object, the one that was
 * uploaded last, and phones call every photo `image.jpg`.
 */
export type KeyStrategy<User> = (file: RequestedFile, context: KeyContext<User>) => string | Promise<string>

/** Tells while the server starts what each request would fail at. @throws {CosServerError} `rules-invalid` */
function checkPrefix(prefix: string): void {
  checkedKey(`${prefix}_`)
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
  checkPrefix(prefix)
  return (file) => `${prefix}${uniqueName(file)}`
}

/** An id as one folder: no slash gets through, and none that is made of dots alone, which URLs take for another place. */
function folderName(id: string): string {
  const encoded = encodeURIComponent(id)
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded
}

/** `uploads/<user id>/3f2b….jpg`: one folder for each user. @param prefix @default 'uploads/' */
export function userKey(prefix: string = 'uploads/'): KeyStrategy<{ readonly id: string }> {
  checkPrefix(prefix)
  return (file, { user }) => `${prefix}${folderName(user.id)}/${uniqueName(file)}`
}

/** `uploads/3f2b…/holiday.jpg`: keeps the file's name, in a folder of its own so that nothing is overwritten. @param prefix @default 'uploads/' */
export function namedKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  checkPrefix(prefix)
  return (file) => `${prefix}${crypto.randomUUID()}/${safeFileName(file.name)}`
}

/**
 * `uploads/holidays/beach/3f2b….jpg`: keeps the folders of a dropped or chosen folder, made safe as `namedKey` makes names; no two files are alike.
 * Folder names are cut where a key's 850 bytes have no room for them all.
 * @param prefix @default 'uploads/'
 */
export function folderKey(prefix: string = 'uploads/'): KeyStrategy<unknown> {
  checkPrefix(prefix)
  return (file) => {
    const folders = (file.relativePath ?? '').split('/').slice(0, -1)
    const name = uniqueName(file)
    for (const length of [80, 40, 20, 10, 5]) {
      const key = `${prefix}${folders.map((folder) => `${safeFolderName(folder, length)}/`).join('')}${name}`
      if (checkObjectKey(key)?.code !== 'too-long') return key
    }
    throw badRequest('file-name-invalid', `"${file.name}" lies in too many folders to keep them all. Upload it from a folder further down.`)
  }
}
