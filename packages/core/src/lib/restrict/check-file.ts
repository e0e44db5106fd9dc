import { createAcceptTest, toInputAccept } from './accept.ts'
import type { FileRejection, RejectionCode, RejectionReason, Restrictions } from './restrictions.ts'

/**
 * Makes the check of files, one after the other, against all rules. Its answer is everything that a file breaks; `null`: nothing, and the
 * file counts from then on.
 *
 * @param held the files taken so far and their bytes
 */
export function createFileCheck(
  { accept, minSize = 0, maxSize = Infinity, maxFiles = Infinity, maxTotalSize = Infinity }: Restrictions,
  held: { readonly files: number; readonly bytes: number },
): (given: { readonly file: Blob; readonly name: string }) => FileRejection | null {
  const isAccepted = createAcceptTest(accept)
  let { files, bytes } = held
  return ({ file, name }) => {
    const { size, type } = file
    const errors: RejectionReason[] = []
    const refuse = (code: RejectionCode, words: string, limit: RejectionReason['limit'], unit = ''): void => {
      errors.push({ code, message: `"${name}" (${size} B) was refused: ${words} ${limit}${unit}.`, limit })
    }
    if (!isAccepted(name, type)) refuse('file-invalid-type', 'only', toInputAccept(accept))
    if (size < minSize) refuse('file-too-small', 'at least', minSize, ' B')
    if (size > maxSize) refuse('file-too-large', 'at most', maxSize, ' B')
    if (files + 1 > maxFiles) refuse('too-many-files', 'at most', maxFiles, ' in all')
    if (bytes + size > maxTotalSize) refuse('total-too-large', 'at most', maxTotalSize, ' B in all')
    if (errors.length) return { file, name, errors }
    files += 1
    bytes += size
    return null
  }
}
