import type { FileInput } from '../uploader.ts'

/** Files that systems put into folders by themselves; a path, so not what somebody chose by itself. */
export const systemFile: RegExp = /\/(\.DS_Store|Thumbs\.db|desktop\.ini)$/i

/**
 * The files chosen in a file input, as a copy: clearing the input afterwards (so that the same file can be chosen again) takes none away.
 * With `webkitdirectory` each keeps its `relativePath`, and `.DS_Store`, `Thumbs.db` and `desktop.ini` are left out.
 */
export function filesFromInput(input: { readonly files: FileList | null }): FileInput[] {
  return [...(input.files ?? [])].flatMap((file) =>
    systemFile.test(file.webkitRelativePath) ? [] : { file, relativePath: file.webkitRelativePath || null },
  )
}
