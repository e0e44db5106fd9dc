import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LeapingClock, ManualClock } from '../testing/manual-clock.ts'
import { joinBytes } from '../testing/multipart-body.ts'
import { DirectoryStorage, StorageError } from './directory-storage.ts'
import { MemoryStorage } from './memory-storage.ts'
import { NULL_VERSION, type DeleteMarker, type ObjectVersion } from './object-record.ts'
import type { ObjectStorage } from './object-storage.ts'

const folders: string[] = []
const bucket = 'examplebucket-1250000000'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'cosdrop-storage-'))
  folders.push(path)
  return path
}

afterEach(async () => {
  await Promise.all(folders.splice(0).map((path) => rm(path, { recursive: true, force: true })))
})

function recordOf(key: string, blob: string, size: number, versionId = NULL_VERSION): ObjectVersion {
  return {
    kind: 'object',
    bucket,
    key,
    versionId,
    lastModified: 1_600_000_000_000,
    size,
    etag: 'e',
    crc64: '1',
    headers: { 'Content-Type': 'text/plain' },
    metadata: { 'x-cos-meta-a': 'é' },
    storageClass: 'STANDARD',
    acl: 'default',
    grants: {},
    encryption: null,
    blob,
  }
}

function marker(key: string, versionId: string): DeleteMarker {
  return { kind: 'delete-marker', bucket, key, versionId, lastModified: 1_600_000_000_001 }
}

async function write(storage: ObjectStorage, key: string, content: string | Uint8Array, versionId = NULL_VERSION): Promise<ObjectVersion> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const writer = await storage.createBlob()
  await writer.write(bytes)
  const record = recordOf(key, await writer.finish(), bytes.length, versionId)
  await storage.put(record)
  return record
}

async function read(storage: ObjectStorage, key: string, start = 0, end?: number, versionId?: string): Promise<string> {
  const record = storage.versionsOf(bucket, key).find((one) => one.kind === 'object' && (versionId === undefined || one.versionId === versionId))
  if (record?.kind !== 'object') throw new Error(`${key} is not stored`)
  const chunks: Uint8Array[] = []
  for await (const chunk of storage.readBlob(record, start, end ?? record.size)) chunks.push(chunk)
  return new TextDecoder().decode(joinBytes(chunks))
}

async function reopened(storage: ObjectStorage, path: string): Promise<ObjectStorage> {
  await storage.close()
  return DirectoryStorage.open(path)
}

const storages: Readonly<Record<string, () => Promise<ObjectStorage>>> = {
  memory: () => Promise.resolve(new MemoryStorage()),
  directory: async () => DirectoryStorage.open(await folder()),
}

for (const [name, open] of Object.entries(storages)) {
  describe(`objects in ${name}`, { timeout: 60_000 }, () => {
    it('can be read whole and in part', async () => {
      const storage = await open()
      await write(storage, 'a', '0123456789')
      expect(await read(storage, 'a')).toBe('0123456789')
      expect(await read(storage, 'a', 3, 7)).toBe('3456')
      await write(storage, 'empty', '')
      expect(await read(storage, 'empty')).toBe('')
    })

    it('keep all versions, newest first, and one null version', async () => {
      const storage = await open()
      await write(storage, 'a', 'null 1')
      await write(storage, 'a', 'first', 'v1')
      await write(storage, 'a', 'null 2')
      await storage.put(marker('a', 'm1'))
      expect(storage.versionsOf(bucket, 'a').map((record) => record.versionId)).toEqual(['m1', NULL_VERSION, 'v1'])
      expect(await read(storage, 'a', 0, undefined, 'v1')).toBe('first')
      expect(await read(storage, 'a', 0, undefined, NULL_VERSION)).toBe('null 2')
    })

    it('go one version at a time', async () => {
      const storage = await open()
      await write(storage, 'a', 'first', 'v1')
      await write(storage, 'a', 'second', 'v2')
      expect((await storage.remove(bucket, 'a', 'v2'))?.versionId).toBe('v2')
      expect(await storage.remove(bucket, 'a', 'v2')).toBe(null)
      expect(await read(storage, 'a')).toBe('first')
      await storage.remove(bucket, 'a', 'v1')
      expect(storage.keysOf(bucket)).toEqual([])
    })

    it('are not overwritten when that is forbidden, however many try at once', async () => {
      const storage = await open()
      const attempts = await Promise.all(
        Array.from({ length: 8 }, async (_, at) => {
          const writer = await storage.createBlob()
          await writer.write(new TextEncoder().encode(String(at)))
          return storage.put(recordOf('a', await writer.finish(), 1), { onlyIfAbsent: true })
        }),
      )
      expect(attempts.filter(Boolean)).toHaveLength(1)
      expect(await read(storage, 'a')).toBe(String(attempts.indexOf(true)))
    })

    it('are listed in the order of their UTF-8 bytes', async () => {
      const storage = await open()
      for (const key of ['b', 'a/2', 'a', '\u{1F600}', '\uFB01', 'Z', 'é']) await write(storage, key, 'x')
      expect(storage.keysOf(bucket)).toEqual(['Z', 'a', 'a/2', 'b', 'é', '\uFB01', '\u{1F600}'])
    })

    it('are read to their end although they are overwritten meanwhile', async () => {
      const storage = await open()
      const record = await write(storage, 'a', 'old')
      const reading = storage.readBlob(record, 0, 3)[Symbol.asyncIterator]()
      await write(storage, 'a', 'new')
      expect(new TextDecoder().decode((await reading.next()).value)).toBe('old')
      await reading.return?.()
    })

    it('keep their bytes when a word about those that they overwrote comes late', async () => {
      const storage = await open()
      const old = await write(storage, 'a', 'old')
      await write(storage, 'a', 'new')
      await storage.update(old, (stored) => ({ ...stored, metadata: { 'x-cos-meta-md5': 'of the old bytes' } }))
      expect(await read(storage, 'a')).toBe('new')
      expect(storage.versionsOf(bucket, 'a')).toMatchObject([{ metadata: { 'x-cos-meta-a': 'é' } }])
    })

    it('keep every word that is said about them at once', async () => {
      const storage = await open()
      const record = await write(storage, 'a', 'bytes')
      const say = (name: string): Promise<void> => storage.update(record, (stored) => ({ ...stored, metadata: { ...stored.metadata, [name]: '1' } }))
      await Promise.all([say('x-cos-meta-md5'), say('x-cos-meta-sha1')])
      expect(storage.versionsOf(bucket, 'a')).toMatchObject([{ metadata: { 'x-cos-meta-md5': '1', 'x-cos-meta-sha1': '1' } }])
    })

    it('whose bytes were given up leave nothing', async () => {
      const storage = await open()
      const writer = await storage.createBlob()
      await writer.write(new Uint8Array(3_000_000))
      await writer.abort()
      await writer.abort()
      expect(storage.keysOf(bucket)).toEqual([])
    })
  })
}

// Disks of busy machines are slow; no test here is about speed.
describe('a data directory', { timeout: 60_000 }, () => {
  it('brings everything back after a restart, in order', async () => {
    const path = await folder()
    const before = await DirectoryStorage.open(path)
    await write(before, 'a', 'null')
    await write(before, 'a', 'one', 'v1')
    await write(before, 'a', 'two', 'v2')
    await before.put(marker('a', 'm1'))
    const [kept] = before.versionsOf(bucket, 'a').slice(1)
    if (kept?.kind !== 'object') throw new Error('no object')
    await before.update(kept, (stored) => ({
      ...stored,
      metadata: { 'x-cos-meta-md5': 'abc' },
      encryption: { kind: 'SSE-KMS', keyId: 'k', context: null },
    }))
    await before.close()
    const after = await DirectoryStorage.open(path)
    expect(after.versionsOf(bucket, 'a')).toEqual(before.versionsOf(bucket, 'a'))
    expect(await read(after, 'a', 0, undefined, 'v1')).toBe('one')
    await write(after, 'a', 'three', 'v3')
    expect((await reopened(after, path)).versionsOf(bucket, 'a')[0]?.versionId).toBe('v3')
  })

  it('shows the newest version first, also when something was said about it between two restarts', async () => {
    const path = await folder()
    const before = await DirectoryStorage.open(path)
    await write(before, 'a', 'one', 'v1')
    const newest = await write(before, 'a', 'two', 'v2')
    const between = await reopened(before, path)
    await between.update(newest, (stored) => ({ ...stored, metadata: {} }))
    expect(await read(await reopened(between, path), 'a')).toBe('two')
  })

  it('forgets uploads that a killed process left half done', async () => {
    const path = await folder()
    const killed = `
      import { DirectoryStorage } from './directory-storage.ts'
      const writer = await (await DirectoryStorage.open(process.argv[1])).createBlob()
      await writer.write(new Uint8Array(2_000_000))
      process.kill(process.pid, 'SIGKILL')`
    spawnSync(process.execPath, ['--input-type=module', '-e', killed, path], { cwd: import.meta.dirname })
    expect(await readdir(join(path, 'temporary'))).toHaveLength(1)
    const after = await DirectoryStorage.open(path)
    expect(after.keysOf(bucket)).toEqual([])
    expect(await readdir(join(path, 'temporary'))).toEqual([])
  })

  it('holds no file of an object that was overwritten, removed or given up', async () => {
    const path = await folder()
    const storage = await DirectoryStorage.open(path)
    await write(storage, 'a', 'one')
    await write(storage, 'a', 'two')
    await write(storage, 'b', 'three')
    await storage.remove(bucket, 'b', NULL_VERSION)
    await (await storage.createBlob()).abort()
    const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name)
    expect(files.map((file) => file.replace(/^.*\./, '')).toSorted()).toEqual(['bin', 'json'])
  })

  it('keeps nothing of an object whose record could not be written, as on a full disk', async () => {
    const directory = await folder()
    const storage = await DirectoryStorage.open(directory)
    const writer = await storage.createBlob()
    const record = recordOf('a', await writer.finish(), 0)
    // A folder in its place is what the record cannot be moved to, whoever tries.
    const place = createHash('sha256').update('a').digest('hex')
    await mkdir(join(directory, 'objects', bucket, place, `${NULL_VERSION}.json`, 'in the way'), { recursive: true })
    await expect(storage.put(record)).rejects.toThrow('null.json')
    expect(await readdir(join(directory, 'temporary'))).toEqual([])
    expect(storage.keysOf(bucket)).toEqual([])
  })

  it('says which file is damaged and what to do', async () => {
    const path = await folder()
    const storage = await DirectoryStorage.open(path)
    await write(storage, 'a', 'one')
    await storage.close()
    const [file] = (await readdir(path, { recursive: true })).filter((entry) => entry.endsWith('.json'))
    await writeFile(join(path, file!), '{"order":1')
    await expect(DirectoryStorage.open(path)).rejects.toThrow(/null\.json is damaged .* Delete that file/)
    await rm(join(path, file!))
    expect((await DirectoryStorage.open(path, new LeapingClock())).keysOf(bucket)).toEqual([])
  })

  it('deletes no file of yours, when you give it a folder that is in use', async () => {
    const path = await folder()
    await mkdir(join(path, 'temporary'))
    await writeFile(join(path, 'temporary', 'thesis.txt'), 'mine')
    const storage = await DirectoryStorage.open(path)
    const writer = await storage.createBlob()
    await storage.close()
    await (await DirectoryStorage.open(path)).close()
    expect(await readdir(join(path, 'temporary'))).toEqual(['thesis.txt'])
    await writer.abort()
  })

  it('takes uploads though the process before it ends only now, as with tools that restart', async () => {
    const path = await folder()
    const clock = new ManualClock()
    const before = await DirectoryStorage.open(path)
    const opening = DirectoryStorage.open(path, clock)
    await vi.waitFor(() => expect(clock.sleeping).toBe(1))
    await before.close()
    clock.advance(100)
    const after = await opening
    await write(after, 'a', 'one')
    expect(await read(after, 'a')).toBe('one')
  })

  it('is kept from a second emulator, which would delete the first one’s uploads, and says what to do', async () => {
    const path = await folder()
    const first = await DirectoryStorage.open(path)
    const writer = await first.createBlob()
    await symlink(path, `${path}-link`)
    folders.push(`${path}-link`)
    for (const name of [path, `${path}-link`]) {
      const second = DirectoryStorage.open(name, new LeapingClock())
      await expect(second).rejects.toThrow(`The data directory ${name} cannot be used: another emulator keeps its objects there. End that one, or`)
      await expect(second).rejects.toBeInstanceOf(StorageError)
    }
    await first.put(recordOf('a', await writer.finish(), 0))
    await first.close()
    expect((await DirectoryStorage.open(path)).keysOf(bucket)).toEqual(['a'])
  })

  it('is no folder without a name: that would be the one where the process happens to run', async () => {
    await expect(DirectoryStorage.open('')).rejects.toThrow(/^The data directory has an empty name/)
    await expect(DirectoryStorage.open('')).rejects.toBeInstanceOf(StorageError)
  })

  it('takes uploads after somebody deleted it to start afresh', async () => {
    const path = await folder()
    const storage = await DirectoryStorage.open(path)
    await write(storage, 'old', 'one')
    await rm(path, { recursive: true })
    await write(storage, 'new', 'two')
    expect(await read(storage, 'new')).toBe('two')
    await storage.put(marker('old', 'm'))
    expect((await reopened(storage, path)).keysOf(bucket)).toEqual(['new', 'old'])
  })

  it('ends quietly though somebody deleted it meanwhile', async () => {
    const path = await folder()
    const storage = await DirectoryStorage.open(path)
    await rm(path, { recursive: true })
    await expect(storage.close()).resolves.toBeUndefined()
  })

  it('says in one sentence that a file is no directory', async () => {
    const path = join(await folder(), 'file')
    await writeFile(path, '')
    await expect(DirectoryStorage.open(path)).rejects.toThrow(/^The data directory .*file cannot be used: ENOTDIR/)
    await expect(DirectoryStorage.open(path)).rejects.toBeInstanceOf(StorageError)
  })

  it('says so where something else than a folder has the place of one of its own', async () => {
    const path = await folder()
    await writeFile(join(path, 'objects'), '')
    await expect(DirectoryStorage.open(path)).rejects.toThrow(/^The data directory .* cannot be used: EEXIST/)
  })

  // What never comes back cannot be tested in this process: it would take the test runner with it.
  it.runIf(process.platform === 'linux').each(['/proc/x', '/proc'])('gives up where the system admits no folders: %s', async (path) => {
    const open = `import { DirectoryStorage } from './directory-storage.ts'; await DirectoryStorage.open('${path}')`
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', open], {
      cwd: import.meta.dirname,
      timeout: 20_000,
      killSignal: 'SIGKILL',
    })
    expect(String(child.stderr)).toContain(`The data directory ${path} cannot be used: ENOENT`)
  })

  it('keeps every key inside itself, and look-alikes apart', async () => {
    const parent = await folder()
    const path = join(parent, 'inner', 'data')
    const storage = await DirectoryStorage.open(path)
    const keys = [
      '../../../outside',
      '..',
      '.',
      './a',
      'a',
      'A',
      'a/../a',
      'a//b',
      'a/b',
      'a\\b',
      'C:\\windows\\x',
      'con',
      'nul.txt',
      'aux',
      'trailing.',
      'trailing',
      'trailing ',
      'nul\0byte',
      'null.json',
      'caf\u00e9',
      'cafe\u0301',
      '\u0430',
      '%2e%2e/a',
      'k'.repeat(850),
      '文'.repeat(283),
    ]
    for (const key of keys) await write(storage, key, `content of ${key}`)
    const again = await reopened(storage, path)
    for (const key of keys) expect(await read(again, key)).toBe(`content of ${key}`)
    expect(again.keysOf(bucket)).toHaveLength(keys.length)
    expect(await readdir(parent)).toEqual(['inner'])
    expect(await readdir(join(parent, 'inner'))).toEqual(['data'])
    expect((await readdir(path)).toSorted()).toEqual(['objects', 'temporary'])
  })

  it('takes any text at all for a key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 40, size: 'max' }), { maxLength: 5 }), async (keys) => {
        const path = await folder()
        const storage = await DirectoryStorage.open(path)
        for (const key of keys) await write(storage, key, key)
        const again = await reopened(storage, path)
        for (const key of keys) expect(await read(again, key)).toBe(key)
      }),
      { numRuns: 15 },
    )
  })
})
