import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cosdrop-folders-'))
})
afterEach(() => rm(root, { recursive: true }))

it('many objects of a new bucket that come at once all find their place', async () => {
  for (let round = 0; round < 20; round += 1) {
    const bucket = join(root, `objects-${round}`, 'bucket')
    await Promise.all(Array.from({ length: 50 }, (_, at) => makeFolder(join(bucket, String(at)))))
    expect(await readdir(bucket)).toHaveLength(50)
  }
})

it('a file in the place of a folder is told, not written over', async () => {
  await writeFile(join(root, 'data'), 'a note')
  await expect(makeFolder(join(root, 'data'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(root, 'data', 'objects'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})
