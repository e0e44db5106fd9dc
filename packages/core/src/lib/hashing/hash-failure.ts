import { isDomException } from '../transport/file-readable.ts'

/** A file gave fewer or more bytes than it says that it has. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError'
}

/** For a sentence. */
export function problemOf(error: unknown): string {
  return error instanceof FileChangedError ? error.message : String(error)
}

/** Whether hashing failed because of the file, of whichever window: it was read short, or reading it threw (https://w3c.github.io/FileAPI/#dfn-error-codes). */
export function isReadFailure(error: unknown): boolean {
  return error instanceof FileChangedError || (isDomException(error) && !String(error).startsWith('Abort'))
}
