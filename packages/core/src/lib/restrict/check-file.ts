import { createAcceptTest, toInputAccept } from './accept.ts'
import type { RejectionCode, RejectionReason, Restrictions } from './restrictions.ts'

/**
 * Makes the check of files, one after the other, against all rules. Its answer is everything that a file breaks; empty: nothing, and the
 * file counts from then on.
 *
 * @param held the files taken so far and their bytes
 */
export function createFileCheck(
  { accept, minSize = 0, maxSize = Infinity, maxFiles = Infinity, maxTotalSize = Infinity }: Restrictions,
  held: { readonly files: number; readonly bytes: number },
): (file: Blob, name: string) => readonly RejectionReason[] {
  const isAccepted = createAcceptTest(accept)
  let { files, bytes } = held
  return ({ size, type }, name) => {
    const reasons: RejectionReason[] = []
    const refuse = (code: RejectionCode, rule: string): void => {
      reasons.push({ code, message: `"${name}" (${size} bytes) was not added: ${rule}.` })
    }
    if (!isAccepted(name, type)) refuse('file-invalid-type', `not one of ${toInputAccept(accept)}`)
    if (size < minSize) refuse('file-too-small', `at least ${minSize} bytes`)
    if (size > maxSize) refuse('file-too-large', `at most ${maxSize} bytes`)
    if (files + 1 > maxFiles) refuse('too-many-files', `at most ${maxFiles} files`)
    if (bytes + size > maxTotalSize) refuse('total-too-large', `at most ${maxTotalSize} bytes in all`)
    if (reasons.length === 0) {
      files += 1
      bytes += size
    }
    return reasons
  }
}
