import { open, rm, type FileHandle } from 'node:fs/promises'
import type { ByteSource } from '../exchange/cos-request.ts'
import { readFileBytes } from './file-bytes.ts'
import type { BlobWriter } from './object-storage.ts'

// One write of the disk at a time, while the next block fills: enough to keep a disk busy, and memory stays at two blocks.
const BLOCK_BYTES = 1_048_576

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], length: number): Promise<void> {
  const { bytesWritten } = await file.writev([...pieces])
  if (bytesWritten === length) return
  let rest: Uint8Array = Buffer.concat(pieces).subarray(bytesWritten)
  while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten)
}

/** Writes a blob to a temporary file. */
export class FileBlobWriter implements BlobWriter {
  readonly #path: string
  readonly #name: string
  readonly #file: FileHandle
  #pieces: Uint8Array[] = []
  #length = 0
  #total = 0
  #writing: Promise<void> = Promise.resolve()
  #isWriting = false
  #isOpen = true

  private constructor(path: string, name: string, file: FileHandle) {
    this.#path = path
    this.#name = name
    this.#file = file
  }

  static async create(path: string, name: string): Promise<FileBlobWriter> {
    return new FileBlobWriter(path, name, await open(path, 'wx'))
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    this.#pieces.push(bytes)
    this.#length += bytes.length
    this.#total += bytes.length
    if (this.#length < BLOCK_BYTES) return undefined
    if (this.#isWriting) return this.#writing.then(() => this.#flush())
    this.#flush()
    return undefined
  }

  #flush(): void {
    const [pieces, length] = [this.#pieces, this.#length]
    this.#pieces = []
    this.#length = 0
    this.#isWriting = true
    this.#writing = writeAll(this.#file, pieces, length).then(() => {
      this.#isWriting = false
    })
    // Whoever waits for it gets the error; nobody may be waiting yet.
    this.#writing.catch(() => undefined)
  }

  async finish(): Promise<string> {
    await this.#writing
    if (this.#length > 0) {
      this.#flush()
      await this.#writing
    }
    await this.#close()
    return this.#name
  }

  read(): ByteSource {
    return readFileBytes(this.#path, 0, this.#total)
  }

  async abort(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#close()
    await rm(this.#path, { force: true })
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#file.close()
  }
}
