import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFolder {
  readonly path: string
  readonly remove: () => void
}

/** A folder `album` on the disk for drops: 150 pictures (browsers list 100 at a time), a folder inside, and a file that a system left. */
export function temporaryFolder(): TemporaryFolder {
  const parent = mkdtempSync(join(tmpdir(), 'cosdrop-drop-'))
  const path = join(parent, 'album')
  mkdirSync(join(path, '夏 2026'), { recursive: true })
  for (let number = 0; number < 150; number++) writeFileSync(join(path, `${String(number).padStart(3, '0')}.jpg`), `picture ${number}`)
  writeFileSync(join(path, '夏 2026', 'notes.csv'), 'a,b\n')
  writeFileSync(join(path, '.DS_Store'), '')
  return { path, remove: () => rmSync(parent, { recursive: true, force: true }) }
}
