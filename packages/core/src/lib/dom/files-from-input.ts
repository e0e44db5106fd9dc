import type { FileInput } from '../uploader.ts'

/**
 * The files chosen in a file input, as a copy: clearing the input afterwards (so that the same file can be chosen again) takes none away.
 * With `webkitdirectory` each keeps its `relativePath`.
 */
export function filesFromInput(input: { readonly files: FileList | null }): FileInput[] {
  return [...(input.files ?? [])].map((file) => ({ file, relativePath: file.webkitRelativePath || null }))
}
