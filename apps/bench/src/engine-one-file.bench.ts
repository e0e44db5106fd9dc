// One file of 512 MB from the disk: the engine's own cost, and the cost of the CRC-64 proof, at 1 Gbit/s and with no limit.
import { startBenchBrowser } from './lib/bench-browser.ts'
import { compare, type Comparison } from './lib/compare.ts'
import { sampleFile } from './lib/sample-file.ts'
import { startSink } from './lib/start-sink.ts'
import { verdict } from './lib/verdict.ts'

const MEGABYTE = 1_000_000
const [browser, file] = [await startBenchBrowser(), await sampleFile(512 * MEGABYTE)]
const [sink, gigabit] = [await startSink(), await startSink(125 * MEGABYTE)]
try {
  await Promise.all([sink.answerCrc64(file.crc64), gigabit.answerCrc64(file.crc64)])
  const shared = { source: [file.path], concurrency: 1 }
  const ours: Pick<Comparison, 'runs'> = { runs: [{ contender: 'bare XHR' }, { contender: 'Cosdrop' }, { contender: 'Cosdrop', proof: true }] }
  console.log('  no limit')
  const free = await compare(browser, sink, { ...shared, ...ours, rounds: 15 })
  console.log('  125 MB/s')
  const limited = await compare(browser, gigabit, {
    ...shared,
    rounds: 5,
    runs: [{ contender: 'bare XHR' }, { contender: 'Cosdrop', proof: true }],
  })
  console.log('  no limit, network service on one core')
  await browser.keepNetworkOnOneCore()
  const steady = await compare(browser, sink, { ...shared, ...ours, rounds: 41 })
  await compare(browser, sink, {
    ...shared,
    rounds: 9,
    runs: [{ contender: 'bare XHR' }, { contender: 'Uppy' }, { contender: 'react-uploady' }],
  })
  verdict('512 MB: throughput against bare XHR, network service on one core', steady.get('Cosdrop') ?? NaN, { atLeast: 0.98 })
  verdict('512 MB with proof, no limit', free.get('Cosdrop with proof') ?? NaN, { atLeast: 0.8 })
  verdict('512 MB with proof, no limit, network service on one core', steady.get('Cosdrop with proof') ?? NaN, { atLeast: 0.8 })
  verdict('512 MB with proof, 125 MB/s', limited.get('Cosdrop with proof') ?? NaN, { atLeast: 0.98 })
} finally {
  await Promise.all([browser.close(), sink.close(), gigabit.close()])
  file.remove()
}
process.exit()
