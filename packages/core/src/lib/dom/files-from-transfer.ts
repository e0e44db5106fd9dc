import { fileUnreadable } from '../transport/file-readable.ts'
import type { FileInput } from '../uploader.ts'

export interface FilesFromTransferOptions {
  /**
   * Told of a file or folder inside a dropped folder that the browser cannot open; the others are still returned. Without it the first one
   * rejects the promise with `file-unreadable`, so that nothing is left out silently.
   */
  readonly onUnreadable?: (relativePath: string, cause: unknown) => void
}

// Files that systems put into folders by themselves.
const systemFile = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/

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
    else files.push(...(await readFolder(part.folder, options)))
  }
  return files
}

async function readFolder(folder: FileSystemDirectoryEntry, options: FilesFromTransferOptions): Promise<FileInput[]> {
  const files: FileInput[] = []
  const entries = await orReport(folder, readEntries(folder), options)
  const read = (entry: FileSystemEntry): Promise<readonly FileInput[]> =>
    isFolder(entry) ? readFolder(entry, options) : isFile(entry) && !systemFile.test(entry.name) ? readFile(entry, options) : Promise.resolve([])
  for (const inputs of await Promise.all((entries ?? []).map(read))) files.push(...inputs)
  return files
}

async function readFile(entry: FileSystemFileEntry, options: FilesFromTransferOptions): Promise<FileInput[]> {
  const opened = new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  const file = await orReport(entry, opened, options)
  return file ? [{ file, relativePath: relativePath(entry) }] : []
}

async function readEntries(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  // One call gives a part, Chromium at most 100; the empty answer ends the list. https://wicg.github.io/entries-api/#api-directoryreader
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return entries
    entries.push(...part)
  }
}

async function orReport<Value>(entry: FileSystemEntry, read: Promise<Value>, { onUnreadable }: FilesFromTransferOptions): Promise<Value | null> {
  try {
    return await read
  } catch (cause) {
    const path = relativePath(entry)
    if (!onUnreadable) throw fileUnreadable(path, 'the browser cannot open it', cause)
    onUnreadable(path, cause)
    return null
  }
}

function relativePath(entry: FileSystemEntry): string {
  return entry.fullPath.replace(/^\//, '')
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}
