// One 1 GB file, against what the same Node can hash (MD5 and CRC-64) and write; then 200 uploads of 1 MB at once.
import { createCRC64 } from 'hash-wasm'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulatorProcess } from './lib/emulator-process.ts'
import { postStream } from './lib/post-stream.ts'
import { median, verdict } from './lib/verdict.ts'

const GIGABYTE = 1_000_000_000
const ROUNDS = 3
const chunk = randomBytes(1 << 20)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function hashAndWrite(path: string, bytes: number): Promise<void> {
  const [md5, crc64, file] = [createHash('md5'), await createCRC64(), await open(path, 'w')]
  crc64.init()
  for (let left = bytes; left > 0; left -= chunk.length) {
    const piece = left >= chunk.length ? chunk : chunk.subarray(0, left)
    md5.update(piece)
    crc64.update(piece)
    await file.write(piece)
  }
  md5.digest()
  crc64.digest()
  await file.close()
}

const folder = mkdtempSync(join(tmpdir(), 'cosdrop-bench-'))
const emulator = await startEmulatorProcess()
try {
  await postStream(emulator.url, 'warm-up', 64_000_000, chunk)
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const floor = await timed(() => hashAndWrite(join(folder, 'floor'), GIGABYTE))
    rmSync(join(folder, 'floor'))
    const ingest = await timed(async () => {
      const status = await postStream(emulator.url, 'one-gigabyte', GIGABYTE, chunk)
      if (status !== 204) throw new Error(`The emulator answered ${status}.`)
    })
    ratios.push(floor / ingest)
    console.log(`  hash and write ${floor.toFixed(2)} s, upload over HTTP ${ingest.toFixed(2)} s`)
  }
  verdict('ingest of 1 GB against hashing and writing it', median(ratios), { atLeast: 0.6 })

  const statuses: number[] = []
  const seconds = await timed(async () => {
    statuses.push(...(await Promise.all(Array.from({ length: 200 }, (_, at) => postStream(emulator.url, `small-${at}`, 1_000_000, chunk)))))
  })
  console.log(`  200 uploads of 1 MB at once in ${seconds.toFixed(2)} s`)
  verdict('of 200 concurrent uploads, stored', statuses.filter((status) => status === 204).length, { atLeast: 200 })
} finally {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
