import type { FileInput } from './uploader.ts'
import type { Filled } from './filled.ts'

/** A file with every default filled in. */
export function readFileInput(input: Blob | FileInput): Filled<FileInput> {
  const { file, name, relativePath, priority = 0 }: FileInput = 'file' in input ? input : { file: input }
  // What a File tells of itself; a Blob does not, and Node's File has no webkitRelativePath.
  const own: Blob & Partial<File> = file
  return {
    file,
    name: name || own.name || 'blob',
    relativePath: relativePath === undefined ? own.webkitRelativePath || null : relativePath,
    priority,
  }
}
