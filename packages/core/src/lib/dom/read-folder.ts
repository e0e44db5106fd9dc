import { fileUnreadable } from '../transport/file-readable.ts'
import type { FileInput } from '../uploader.ts'
import { isFolder } from './entry-kind.ts'
import type { FilesFromTransferOptions } from './files-from-transfer.ts'

// Files that systems put into folders by themselves.
const systemFile = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/

/** Every file in a folder and in the folders inside it. */
export async function readFolder(folder: FileSystemDirectoryEntry, options: FilesFromTransferOptions): Promise<FileInput[]> {
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

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}
