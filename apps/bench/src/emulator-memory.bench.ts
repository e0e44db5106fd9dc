// 2 GB into a directory: how much does the emulator's memory grow?
import { randomBytes } from 'node:crypto'
import { startEmulatorProcess } from './lib/emulator-process.ts'
import { postStream } from './lib/post-stream.ts'
import { verdict } from './lib/verdict.ts'

const MEGABYTE = 1_000_000
const chunk = randomBytes(1 << 20)
const emulator = await startEmulatorProcess()
try {
  await postStream(emulator.url, 'warm-up', 32 * MEGABYTE, chunk)
  const before = emulator.residentBytes()
  const started = performance.now()
  const status = await postStream(emulator.url, 'two-gigabytes', 2000 * MEGABYTE, chunk)
  const seconds = (performance.now() - started) / 1000
  if (status !== 204) throw new Error(`The emulator answered ${status}.`)
  console.log(`  2 GB stored in ${seconds.toFixed(1)} s`)
  verdict('memory growth while storing 2 GB to a directory', (emulator.peakBytes() - before) / MEGABYTE, { atMost: 100 }, ' MB')
} finally {
  await emulator.close()
}
process.exit()
