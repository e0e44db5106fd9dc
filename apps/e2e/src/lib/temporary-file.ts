import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly remove: () => void
}

/** A real file on the disk, with bytes that compress to nothing smaller. */
export function temporaryFile(name: string, size: number): TemporaryFile {
  const folder = mkdtempSync(join(tmpdir(), 'cosdrop-e2e-'))
  const bytes = randomBytes(size)
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return { path, bytes, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
