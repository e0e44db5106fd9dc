import { expect, test, vi } from 'vitest'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { createUploaderFixture } from './testing/uploader-fixture.ts'

/** With room for so many bytes of files. */
function smallDisk(room: number): Disk {
  const disk = createDisk()
  disk.isFull = (records) => {
    const all = new Map([...disk.items.values(), ...records].map(({ id, file }) => [id, file?.size ?? 0]))
    return [...all.values()].reduce((sum, size) => sum + size, 0) > room
  }
  return disk
}
const file = (name: string, bytes: number): File => new File(['x'.repeat(bytes)], name)
const kept = (disk: Disk): readonly string[] => Array.from(disk.items.values(), ({ name, file: bytes }) => `${name}${bytes ? '' : ' stored'}`)

test('a file for which there was no room survives a reload once another was stored and has made some', async () => {
  const disk = smallDisk(10_000)
  const { uploader, run, storage } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  uploader.add([file('a', 8_000), file('b', 8_000)])
  await run()
  expect(kept(disk)).toEqual(['a'])
  storage.last().succeed()
  await run()
  expect(kept(disk)).toEqual(['a stored', 'b'])
})

test('a file for which there was no room survives a reload once another was taken out and has made some', async () => {
  const disk = smallDisk(10_000)
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a, b] = uploader.add([file('a', 8_000), file('b', 8_000), file('c', 8_000)])
  await run()
  uploader.remove(a!)
  await run()
  expect(kept(disk)).toEqual(['b'])
  uploader.remove(b!)
  await run()
  expect(kept(disk)).toEqual(['c'])
})

test('a file for which there is no room is not copied again for each small one that is stored, and taken out after that', async () => {
  const disk = smallDisk(10_000)
  const save = vi.spyOn(disk, 'save')
  const answer = (request: ScriptedRequest): void => void (request.form.file.size === 10 && request.succeed())
  const { uploader, run, statuses } = createUploaderFixture({ recovery: disk, concurrency: 1 }, { answer })
  uploader.pause()
  uploader.add([...Array.from({ length: 20 }, (_, at) => file(`small ${at}`, 10)), file('large', 25_000)])
  await run()
  save.mockClear()
  uploader.resume()
  await run()
  uploader.clear()
  await run()
  expect(statuses()).toEqual(['uploading'])
  expect(save.mock.calls.flat(2).filter(({ size, file: bytes }) => size === 25_000 && bytes)).toEqual([])
})

test('a large file for which there is no room is not copied once more for each that was stored before it came', async () => {
  const disk = smallDisk(10_000)
  const save = vi.spyOn(disk, 'save')
  const { uploader, run, storage } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  for (const name of ['a', 'b']) {
    uploader.add([file(name, 8_000)])
    await run()
    storage.last().succeed()
    await run()
  }
  uploader.add([file('c', 10), file('large', 12_000)])
  await run()
  storage.last().succeed()
  await run()
  // With the other, and alone.
  expect(save.mock.calls.flat(2).filter(({ size, file: bytes }) => size === 12_000 && bytes)).toHaveLength(2)
})

test('a file for which there was no room survives a reload once as many bytes have gone, though another found none meanwhile', async () => {
  const disk = smallDisk(10_000)
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a, b] = uploader.add([file('a', 4_000), file('b', 4_000), file('c', 8_000)])
  await run()
  uploader.remove(a!)
  await run()
  uploader.add([file('d', 9_000)])
  await run()
  uploader.remove(b!)
  await run()
  expect(kept(disk)).toEqual(['c'])
})

test('a file that is kept at last is not copied again for what goes after that', async () => {
  const disk = smallDisk(10_000)
  const save = vi.spyOn(disk, 'save')
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a, ...small] = uploader.add([file('a', 8_000), ...Array.from({ length: 20 }, (_, at) => file(`small ${at}`, 10)), file('b', 8_000)])
  await run()
  uploader.remove(a!)
  await run()
  expect(kept(disk)).toContain('b')
  save.mockClear()
  for (const id of small.slice(0, 20)) uploader.remove(id)
  await run()
  expect(save).not.toHaveBeenCalled()
})

test('what has gone makes room for one file of its size: the next one is not copied in vain', async () => {
  const disk = smallDisk(10_000)
  const save = vi.spyOn(disk, 'save')
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a] = uploader.add([file('a', 8_000), file('b', 8_000), file('c', 8_000)])
  await run()
  save.mockClear()
  uploader.remove(a!)
  await run()
  expect(save.mock.calls.flat(2).map(({ name }) => name)).toEqual(['b'])
})

test('what was taken out while there was no room for it is not kept when there is, and the next one is', async () => {
  const disk = smallDisk(10_000)
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a, b] = uploader.add([file('a', 8_000), file('b', 8_000), file('c', 8_000)])
  await run()
  uploader.remove(b!)
  await run()
  uploader.remove(a!)
  await run()
  expect(kept(disk)).toEqual(['c'])
})

test('a file for which there was no room is not kept for other tabs when another is taken out of a list that was left: both would send it', async () => {
  const disk = smallDisk(10_000)
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a] = uploader.add([file('a', 8_000), file('b', 8_000)])
  await run()
  uploader.destroy()
  await run()
  uploader.remove(a!)
  await run()
  expect(kept(disk)).toEqual([])
})

test.each(['stored', 'taken out'])('what is taken out while it is copied at last, since another was %s, does not come back', async (how) => {
  const disk = smallDisk(10_000)
  const { uploader, run, storage } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  const [a, b] = uploader.add([file('a', 8_000), file('b', 8_000)])
  await run()
  let copied = (): void => {}
  const copying = new Promise<void>((resolve) => (copied = resolve))
  disk.copy = (records) => (records.some(({ name }) => name === 'b') ? copying : Promise.resolve())
  if (how === 'stored') storage.last().succeed()
  else uploader.remove(a!)
  await run()
  uploader.remove(b!)
  await run()
  copied()
  await run()
  expect(kept(disk)).toEqual(how === 'stored' ? ['a stored'] : [])
})

test('a file for which there was no room survives a reload once one that an earlier page kept was stored', async () => {
  const disk = smallDisk(10_000)
  const before = createUploaderFixture({ recovery: disk, autoUpload: false })
  before.uploader.add([file('a', 8_000)])
  await before.run()

  const { uploader, run, storage } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  await uploader.restore()
  uploader.add([file('b', 8_000)])
  await run()
  expect(kept(disk)).toEqual(['a'])
  storage.last().succeed()
  await run()
  expect(kept(disk)).toEqual(['a stored', 'b'])
})

test('what was prepared while there was found no room for it as it came is not replaced by that when there is', async () => {
  const disk = createDisk()
  let full = (): void => {}
  const failing = new Promise<void>((_resolve, reject) => (full = () => reject(new DOMException('full', 'QuotaExceededError'))))
  disk.copy = (records) => (records.some(({ name, prepared }) => name === 'a' && !prepared) ? failing : Promise.resolve())
  const prepare = (given: Blob, { name }: { readonly name: string }): Blob => (name === 'a' ? new File(['small'], 'a') : given)
  const { uploader, run } = createUploaderFixture({ recovery: disk, confirm: async () => ({ outcome: 'absent' }), prepare })
  uploader.add([file('a', 8_000)])
  await run()
  const [other] = uploader.add([file('b', 9_000)])
  await run()
  full()
  await run()
  expect(kept(disk)).toContain('a')
  disk.copy = async () => {}
  uploader.remove(other!)
  await run()
  expect([...disk.items.values()]).toMatchObject([{ name: 'a', prepared: true, size: 5 }])
})
