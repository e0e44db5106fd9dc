import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ByteSource } from '../exchange/cos-request.ts'
import { systemClock, type EmulatorClock } from '../exchange/emulator-clock.ts'
import { readFileBytes } from './file-bytes.ts'
import { FileBlobWriter } from './file-blob-writer.ts'
import { lockFolder } from './folder-lock.ts'
import { KeyLock } from './key-lock.ts'
import { makeFolder } from './make-folder.ts'
import { isPresent, ObjectIndex } from './object-index.ts'
import type { ObjectRecord, ObjectVersion } from './object-record.ts'
import type { BlobWriter, ObjectStorage } from './object-storage.ts'
import { parseStoredRecord, type StoredRecord } from './record-json.ts'

const RECORD = '.json'
const BYTES = '.bin'
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** The directory cannot be used, or holds a file that is no record of ours. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

function idOf({ bucket, key, versionId }: ObjectRecord): string {
  return JSON.stringify([bucket, key, versionId])
}

async function readRecord(path: string): Promise<StoredRecord> {
  try {
    return parseStoredRecord(await readFile(path, 'utf8'))
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new StorageError(`The data directory cannot be used: ${path} is damaged (${problem}). Delete that file, or use another directory.`, {
      cause,
    })
  }
}

/**
 * Objects in a directory; they are there again after a restart, with all their versions.
 *
 * `objects/<bucket>/<SHA-256 of the key>/` holds `<version>.json` (what is known) and `<random>.bin` (the bytes). No part of a key is
 * ever part of a path: `..`, NUL, names that Windows keeps for itself, long names and look-alikes are hashed like any other. Bytes are
 * written under `temporary/` and moved when they are whole; the record is moved into place last, and makes the version visible.
 */
export class DirectoryStorage implements ObjectStorage {
  readonly #root: string
  readonly #index = new ObjectIndex()
  readonly #orders = new Map<string, number>()
  readonly #lock = new KeyLock()
  #newest = 0
  #release: () => Promise<void> = () => Promise.resolve()

  private constructor(root: string) {
    this.#root = root
  }

  /**
   * Creates the directory when it is not there, and has it until `close`.
   * @param clock waits for a process before this one, which ends only now @throws {StorageError} also while another process has it
   */
  static async open(directory: string, clock: EmulatorClock = systemClock): Promise<DirectoryStorage> {
    // Of a variable that is not set. It would be the folder where the process happens to run.
    if (directory === '') throw new StorageError('The data directory has an empty name. Name a folder; "." is the one where this runs.')
    const storage = new DirectoryStorage(resolve(directory))
    try {
      await storage.#take(clock)
      await storage.#load()
      return storage
    } catch (error) {
      await storage.#release()
      throw error
    }
  }

  /** @throws {StorageError} */
  async #take(clock: EmulatorClock): Promise<void> {
    try {
      await makeFolder(this.#temporary())
      await makeFolder(join(this.#root, 'objects'))
      const release = await lockFolder(this.#root, clock)
      if (release === null) throw new Error('another emulator keeps its objects there. End that one, or use another directory.')
      this.#release = release
      await this.#sweep()
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause)
      throw new StorageError(`The data directory ${this.#root} cannot be used: ${problem}`, { cause })
    }
  }

  /** Removes what uploads left half done. Only names that are ours: the directory may be somebody's own. */
  async #sweep(): Promise<void> {
    const entries = await readdir(this.#temporary(), { withFileTypes: true })
    const ours = entries.filter((entry) => entry.isFile() && UUID.test(entry.name))
    await Promise.all(ours.map(({ name }) => rm(this.#temporary(name), { force: true })))
  }

  /** Somebody may have deleted it all, to start afresh, while this process runs. */
  async #inTemporary<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      await makeFolder(this.#temporary())
      return work()
    }
  }

  #temporary(name = ''): string {
    return join(this.#root, 'temporary', name)
  }

  #folder(bucket: string, key: string): string {
    return join(this.#root, 'objects', bucket, createHash('sha256').update(key).digest('hex'))
  }

  #recordPath(record: ObjectRecord): string {
    return join(this.#folder(record.bucket, record.key), record.versionId + RECORD)
  }

  #bytesPath(record: ObjectVersion): string {
    return join(this.#folder(record.bucket, record.key), record.blob + BYTES)
  }

  async #load(): Promise<void> {
    const entries = await readdir(join(this.#root, 'objects'), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(RECORD))
    const stored = await Promise.all(files.map((entry) => readRecord(join(entry.parentPath, entry.name))))
    for (const { order, record } of stored.toSorted((a, b) => a.order - b.order)) {
      this.#index.add(record)
      this.#orders.set(idOf(record), order)
      this.#newest = order
    }
  }

  createBlob(): Promise<BlobWriter> {
    const name = randomUUID()
    return this.#inTemporary(() => FileBlobWriter.create(this.#temporary(name), name))
  }

  readBlob(record: ObjectVersion, start: number, end: number): ByteSource {
    return readFileBytes(this.#bytesPath(record), start, end)
  }

  versionsOf(bucket: string, key: string): readonly ObjectRecord[] {
    return this.#index.versionsOf(bucket, key)
  }

  keysOf(bucket: string): readonly string[] {
    return this.#index.keysOf(bucket)
  }

  put(record: ObjectRecord, { onlyIfAbsent = false }: { readonly onlyIfAbsent?: boolean } = {}): Promise<boolean> {
    return this.#locked(record, async () => {
      if (onlyIfAbsent && isPresent(this.versionsOf(record.bucket, record.key))) return false
      await makeFolder(this.#folder(record.bucket, record.key))
      if (record.kind === 'object') await rename(this.#temporary(record.blob), this.#bytesPath(record))
      try {
        await this.#writeRecord(record, ++this.#newest)
      } catch (error) {
        if (record.kind === 'object') await rm(this.#bytesPath(record), { force: true })
        throw error
      }
      const replaced = this.#index.add(record)
      if (replaced?.kind === 'object') await rm(this.#bytesPath(replaced), { force: true })
      return true
    })
  }

  update(version: ObjectVersion, change: (stored: ObjectVersion) => ObjectVersion): Promise<void> {
    return this.#locked(version, async () => {
      const stored = this.#index.stored(version)
      if (stored === null) return
      const record = change(stored)
      await this.#writeRecord(record, this.#orders.get(idOf(record)) ?? 0)
      this.#index.replace(record)
    })
  }

  remove(bucket: string, key: string, versionId: string): Promise<ObjectRecord | null> {
    return this.#locked({ bucket, key }, async () => {
      const record = this.#index.find(bucket, key, versionId)
      if (record === null) return null
      await rm(this.#recordPath(record), { force: true })
      this.#index.remove(record)
      this.#orders.delete(idOf(record))
      if (record.kind === 'object') await rm(this.#bytesPath(record), { force: true })
      // Other versions may still be in it.
      await rmdir(this.#folder(bucket, key)).catch(() => undefined)
      return record
    })
  }

  async close(): Promise<void> {
    // Somebody may have deleted it all.
    await this.#sweep().catch(() => undefined)
    await this.#release()
  }

  #locked<Result>({ bucket, key }: { readonly bucket: string; readonly key: string }, work: () => Promise<Result>): Promise<Result> {
    return this.#lock.run(JSON.stringify([bucket, key]), work)
  }

  async #writeRecord(record: ObjectRecord, order: number): Promise<void> {
    const draft = this.#temporary(randomUUID())
    const stored: StoredRecord = { order, record }
    try {
      await this.#inTemporary(() => writeFile(draft, JSON.stringify(stored)))
      await rename(draft, this.#recordPath(record))
    } catch (error) {
      // A full disk takes the file's name and none of its bytes.
      await rm(draft, { force: true })
      throw error
    }
    this.#orders.set(idOf(record), order)
  }
}
