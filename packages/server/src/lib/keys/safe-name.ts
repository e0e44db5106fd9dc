import { extensionOf } from './content-type.ts'

/** Letters, digits and marks of all scripts, `.`, `-`, `_`: what every system and URL takes as it is. */
function safeText(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
}

function trimmed(text: string): string {
  return text.replace(/^[.-]+|[.-]+$/g, '')
}

/** The first characters, none of them cut in two. */
function cut(text: string, length: number): string {
  return Array.from(text).slice(0, length).join('')
}

/** A name made of what every system and URL takes as it is: letters, digits and marks of all scripts, `.`, `-`, `_`. */
export function safeFileName(name: string): string {
  const safe = safeText(name).replace(/[.-]+$/, '')
  // Before the stem is trimmed: of a stem of emoji nothing is left, and the ending would be the whole name.
  const extension = extensionOf(safe)
  const stem = trimmed(safe.slice(0, safe.length - extension.length))
  return (cut(stem, 80) || 'file') + cut(extension, 16)
}

/** The same for one folder. @param length characters, at most */
export function safeFolderName(name: string, length: number): string {
  // Cut first: putting accents in order, as NFC does, takes the square of their number, and half a megabyte of them a minute.
  return trimmed(cut(trimmed(safeText(name.slice(0, 255))), length)) || 'folder'
}
