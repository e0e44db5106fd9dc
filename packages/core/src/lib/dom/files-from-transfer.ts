import { lazily } from '../lazily.ts'
import type { FileInput } from '../uploader.ts'

const loadReader = lazily(() => import('./read-entry.ts'))

export interface FilesFromTransferOptions {
  /**
   * Told of a file or folder inside a dropped folder that the browser cannot open; the others are still returned. Without it the first one
   * rejects the promise with `file-unreadable`, so that nothing is left out silently.
   */
  readonly onUnreadable?: ((relativePath: string, cause: unknown) => void) | undefined
}

/**
 * The files of a drop or paste, those inside folders too, in the order in which the browser lists them. A file from a folder keeps
 * `relativePath` (`folder/sub/name.txt`), others have `null`. Call it inside the event handler: the browser empties the DataTransfer afterwards.
 * Leaves out `.DS_Store`, `Thumbs.db` and `desktop.ini` inside folders.
 *
 * @throws {CosUploadError} `file-unreadable`, unless `onUnreadable` is given
 */
export async function filesFromTransfer({ items, files }: DataTransfer, options: FilesFromTransferOptions = {}): Promise<FileInput[]> {
  const take = async (file: File | null): Promise<FileInput[]> => (file ? [{ file, relativePath: null }] : [])
  // Everything the DataTransfer holds is taken before the first await. Old browsers and test environments may have only the list of files.
  const taken = items?.length
    ? [...items].map((item) => {
        const entry = item.webkitGetAsEntry?.()
        return entry?.isDirectory ? openFolder(entry, options) : take(item.getAsFile())
      })
    : [...files].map(take)
  return (await Promise.all(taken)).flat()
}

/** Few drops hold a folder, so what reads one is loaded with the first. A folder's entry stays good after the event. */
function openFolder(folder: FileSystemEntry, options: FilesFromTransferOptions): Promise<FileInput[]> {
  return loadReader().then(
    ({ readEntry }) => readEntry(folder, options),
    (cause: unknown) => {
      if (!options.onUnreadable) throw cause
      options.onUnreadable(folder.name, cause)
      return []
    },
  )
}
