import type { FileInput } from '../uploader.ts'
import { isFolder } from './entry-kind.ts'
import type { readFolder } from './read-folder.ts'

export interface FilesFromTransferOptions {
  /**
   * Told of a file or folder inside a dropped folder that the browser cannot open; the others are still returned. Without it the first one
   * rejects the promise with `file-unreadable`, so that nothing is left out silently.
   */
  readonly onUnreadable?: (relativePath: string, cause: unknown) => void
}

/**
 * The files of a drop or paste, those inside folders too, in the order in which the browser lists them. A file from a folder keeps
 * `relativePath` (`folder/sub/name.txt`), others have `null`. Call it inside the event handler: the browser empties the DataTransfer afterwards.
 * Leaves out `.DS_Store`, `Thumbs.db` and `desktop.ini` inside folders.
 *
 * @throws {CosUploadError} `file-unreadable`, unless `onUnreadable` is given
 */
export function filesFromTransfer(transfer: DataTransfer, options: FilesFromTransferOptions = {}): Promise<FileInput[]> {
  // Not an async function by chance: everything the DataTransfer holds must be taken before the first await.
  const taken = takeItems(transfer)
  return readAll(taken, options)
}

type Taken = { readonly file: File } | { readonly folder: FileSystemDirectoryEntry }

function takeItems(transfer: DataTransfer): Taken[] {
  const items = transfer.items ? [...transfer.items] : []
  // Old browsers and test environments may have only the list of files.
  if (items.length === 0) return [...transfer.files].map((file) => ({ file }))
  return items.flatMap((item): Taken[] => {
    if (item.kind !== 'file') return []
    const entry = typeof item.webkitGetAsEntry === 'function' ? item.webkitGetAsEntry() : null
    if (entry && isFolder(entry)) return [{ folder: entry }]
    const file = item.getAsFile()
    return file ? [{ file }] : []
  })
}

async function readAll(taken: readonly Taken[], options: FilesFromTransferOptions): Promise<FileInput[]> {
  const files: FileInput[] = []
  for (const part of taken) {
    if ('file' in part) files.push({ file: part.file, relativePath: null })
    else files.push(...(await openFolder(part.folder, options)))
  }
  return files
}

/** Few drops hold a folder, so what reads one is loaded with the first. A folder's entry stays good after the event. */
async function openFolder(folder: FileSystemDirectoryEntry, options: FilesFromTransferOptions): Promise<readonly FileInput[]> {
  let reader: { readonly readFolder: typeof readFolder }
  try {
    reader = await import('./read-folder.ts')
  } catch (cause) {
    if (!options.onUnreadable) throw cause
    options.onUnreadable(folder.name, cause)
    return []
  }
  return reader.readFolder(folder, options)
}
