import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => vi.resetModules())
afterEach(() => {
  vi.doUnmock('./read-entry.ts')
  vi.doUnmock('./drag-verdict.ts')
})

const file = new File(['a'], 'a.txt')
/** As much of one as an environment has. */
const transfer = (parts: object): DataTransfer => parts as DataTransfer

test.each([
  ['has no items', { files: [file] }],
  ['has the list of files alone filled', { items: [], files: [file] }],
  ['knows no entries', { items: [{ kind: 'file', type: '', getAsFile: () => file }], files: [] }],
])('a drop gives its files where the environment %s', async (_what, parts) => {
  const { filesFromTransfer } = await import('./files-from-transfer.ts')
  expect(await filesFromTransfer(transfer(parts))).toEqual([{ file, relativePath: null }])
})

test('a drag has no number of files where the environment has no items', async () => {
  const { dragKind } = await import('./drag-kind.ts')
  expect(dragKind(transfer({ files: [file] })).count).toBeNull()
})

const unloaded = (): never => {
  throw new Error('offline')
}

test('a folder that cannot be opened since the network is gone is told, and the files beside it are kept', async () => {
  vi.doMock('./read-entry.ts', unloaded)
  const { filesFromTransfer } = await import('./files-from-transfer.ts')
  const folder = { webkitGetAsEntry: () => ({ isDirectory: true, name: 'album' }), getAsFile: () => null }
  const dropped = transfer({ items: [folder, { getAsFile: () => file }] })
  const told: string[] = []
  expect(await filesFromTransfer(dropped, { onUnreadable: (path) => told.push(path) })).toEqual([{ file, relativePath: null }])
  expect(told).toEqual(['album'])
  await expect(filesFromTransfer(dropped)).rejects.toMatchObject({ cause: { message: 'offline' } })
})

test('a drag is neither welcome nor refused where what judges it could not be loaded', async () => {
  vi.doMock('./drag-verdict.ts', unloaded)
  const { dragKind } = await import('./drag-kind.ts')
  expect(await dragKind(transfer({ items: [{ kind: 'file', type: 'image/png' }] })).verdict).toBe('unknown')
})
