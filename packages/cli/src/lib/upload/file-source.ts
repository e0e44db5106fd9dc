import { open, stat, type FileHandle } from 'node:fs/promises'

/** A file opened for one reading. */
export interface FileSource {
  /** Bytes, when it was opened. */
  readonly size: number
  /** Read as they are asked for. */
  readonly chunks: AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** A folder, a pipe or a device: nothing tells beforehand how much will come out of it. */
export class NoPlainFileError extends Error {
  override readonly name = 'NoPlainFileError'
}

const BLOCK = 1024 * 1024

async function* blocks(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    // A fresh block each: the socket may still hold the one before.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(BLOCK), 0, BLOCK, null)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** @throws {NoPlainFileError} and the file system's errors */
export async function openFile(path: string): Promise<FileSource> {
  // Not asked of the open file: opening a pipe waits for somebody to write into it, and nothing ends that.
  if (!(await stat(path)).isFile()) throw new NoPlainFileError(`${path} is no plain file`)
  const file = await open(path)
  try {
    const { size } = await file.stat()
    return { size, chunks: blocks(file), close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}
