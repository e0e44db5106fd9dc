// One file of 512 MB from the disk: the engine's own cost, and the cost of the CRC-64 proof, at 1 Gbit/s and with no limit.
import { startBenchBrowser } from './lib/bench-browser.ts'
import { compare, type Comparison } from './lib/compare.ts'
import { sampleFile } from './lib/sample-file.ts'
import { startSink } from './lib/start-sink.ts'
import { verdict } from './lib/verdict.ts'

const MEGABYTE = 1_000_000
const file = await sampleFile(512 * MEGABYTE)
// As a visitor's system places its threads, by chance, and with less left to chance.
const [browser, steady] = [await startBenchBrowser(), await startBenchBrowser({ networkOnOneCore: true })]
const [sink, gigabit] = [await startSink(), await startSink(125 * MEGABYTE)]
try {
  await Promise.all([sink.answerCrc64(file.crc64), gigabit.answerCrc64(file.crc64)])
  const shared = { source: [file.path], concurrency: 1 }
  const ours: Pick<Comparison, 'runs'> = { runs: [{ contender: 'bare XHR' }, { contender: 'Cosdrop' }, { contender: 'Cosdrop', proof: true }] }
  console.log('  no limit')
  const placed = await compare(browser, sink, { ...shared, ...ours, rounds: 15 })
  console.log('  no limit, network service on one core')
  const free = await compare(steady, sink, { ...shared, ...ours, rounds: 41 })
  await compare(steady, sink, {
    ...shared,
    rounds: 9,
    runs: [{ contender: 'bare XHR' }, { contender: 'Uppy' }, { contender: 'react-uploady' }],
  })
  console.log('  125 MB/s')
  const limited = await compare(browser, gigabit, {
    ...shared,
    rounds: 5,
    runs: [{ contender: 'bare XHR' }, { contender: 'Cosdrop', proof: true }],
  })
  verdict('512 MB: throughput against bare XHR, network service on one core', free.get('Cosdrop') ?? NaN, { atLeast: 0.98 })
  verdict('512 MB with proof, no limit', placed.get('Cosdrop with proof') ?? NaN, { atLeast: 0.8 })
  verdict('512 MB with proof, no limit, network service on one core', free.get('Cosdrop with proof') ?? NaN, { atLeast: 0.8 })
  verdict('512 MB with proof, 125 MB/s', limited.get('Cosdrop with proof') ?? NaN, { atLeast: 0.98 })
} finally {
  await Promise.all([browser.close(), steady.close(), sink.close(), gigabit.close()])
  file.remove()
}
process.exit()
