import type { FileInput } from './uploader.ts'

/** A file with every default filled in. */
export function readFileInput(input: Blob | FileInput): Required<FileInput> {
  const { file, ...given }: FileInput = input instanceof Blob ? { file: input } : input
  const own = file instanceof File ? file : { name: '', webkitRelativePath: '' }
  return {
    file,
    name: given.name || own.name || 'blob',
    // Node's File has no webkitRelativePath.
    relativePath: given.relativePath ?? (own.webkitRelativePath || null),
    priority: given.priority ?? 0,
  }
}
