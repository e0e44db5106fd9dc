import { isAccepted, parseAccept } from './accept.ts'
import type { RejectionReason, Restrictions } from './restrictions.ts'

/** What one file breaks of the rules that need no other file: `file-invalid-type`, `file-too-small`, `file-too-large`. Empty: nothing. */
export function checkFile(file: Blob, name: string, { accept, minSize = 0, maxSize = Infinity }: Restrictions): RejectionReason[] {
  const reasons: RejectionReason[] = []
  if (!isAccepted({ name, type: file.type }, accept)) {
    reasons.push({ code: 'file-invalid-type', message: `"${name}" is not one of ${parseAccept(accept).join(', ')}.` })
  }
  if (file.size < minSize) reasons.push({ code: 'file-too-small', message: `"${name}" has ${file.size} bytes; at least ${minSize} are asked for.` })
  if (file.size > maxSize) reasons.push({ code: 'file-too-large', message: `"${name}" has ${file.size} bytes; at most ${maxSize} are allowed.` })
  return reasons
}

/**
 * What one more file would break of the rules for all together: `too-many-files`, `total-too-large`.
 *
 * @param held the files taken so far and their bytes
 */
export function checkTotals(
  file: Blob,
  held: { readonly files: number; readonly bytes: number },
  { maxFiles = Infinity, maxTotalSize = Infinity }: Restrictions,
): RejectionReason[] {
  const reasons: RejectionReason[] = []
  if (held.files >= maxFiles) reasons.push({ code: 'too-many-files', message: `At most ${maxFiles} files are allowed.` })
  if (held.bytes + file.size > maxTotalSize) {
    reasons.push({
      code: 'total-too-large',
      message: `All files together may have ${maxTotalSize} bytes; ${held.bytes} are taken and this one has ${file.size}.`,
    })
  }
  return reasons
}
