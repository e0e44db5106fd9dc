import { createCRC64 } from 'hash-wasm'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SampleFile {
  readonly path: string
  /** Unsigned decimal text, as COS tells it. */
  readonly crc64: string
  readonly remove: () => void
}

/** A real file on the disk. With `sparse` it takes no room there and reads as zeros. */
export async function sampleFile(bytes: number, { sparse = false }: { readonly sparse?: boolean } = {}): Promise<SampleFile> {
  const folder = mkdtempSync(join(tmpdir(), 'cosdrop-bench-file-'))
  const path = join(folder, 'sample.bin')
  const [file, crc64] = [await open(path, 'w'), await createCRC64()]
  crc64.init()
  const chunk = sparse ? new Uint8Array(1 << 20) : randomBytes(1 << 20)
  for (let left = bytes; left > 0; left -= chunk.length) {
    const piece = left >= chunk.length ? chunk : chunk.subarray(0, left)
    crc64.update(piece)
    if (!sparse) await file.write(piece)
  }
  if (sparse) await file.truncate(bytes)
  await file.close()
  return { path, crc64: BigInt(`0x${crc64.digest()}`).toString(), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
