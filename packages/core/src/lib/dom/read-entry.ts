import { fileUnreadable } from '../transport/file-readable.ts'
import type { FileInput } from '../uploader.ts'
import { systemFile } from './files-from-input.ts'
import type { FilesFromTransferOptions } from './files-from-transfer.ts'

/** Files opened at a time. Chromium hands over all that it was asked for in one task, and takes a third of a millisecond for each. */
const atOnce = 20

/** The file that an entry is, or every file in that folder and in the folders inside it. */
export async function readEntry(entry: FileSystemEntry, options: FilesFromTransferOptions): Promise<FileInput[]> {
  const found = await listFiles(entry, options)
  const files: FileInput[] = []
  for (let at = 0; at < found.length; at += atOnce) {
    const opened = await Promise.all(found.slice(at, at + atOnce).map((file) => readFile(file, options)))
    files.push(...opened.flat())
  }
  return files
}

async function listFiles(entry: FileSystemEntry, options: FilesFromTransferOptions): Promise<FileSystemFileEntry[]> {
  if (isFile(entry)) return systemFile.test(entry.fullPath) ? [] : [entry]
  if (!isFolder(entry)) return []
  const entries = await orReport(entry, listFolder(entry), options)
  return (await Promise.all((entries ?? []).map((inside) => listFiles(inside, options)))).flat()
}

async function readFile(entry: FileSystemFileEntry, options: FilesFromTransferOptions): Promise<FileInput[]> {
  const opened = new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  const file = await orReport(entry, opened, options)
  return file ? [{ file, relativePath: relativePath(entry) }] : []
}

async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  let entries: FileSystemEntry[] = []
  // One call gives a part, Chromium at most 100, others all: more than a call may have arguments. The empty answer ends the list.
  // https://wicg.github.io/entries-api/#api-directoryreader
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return entries
    entries = entries.concat(part)
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

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
