// One file of 512 MB from the disk: the engine's own cost, and the cost of the CRC-64 proof, at 1 Gbit/s and with no limit.
import { startBenchBrowser } from './lib/bench-browser.ts'
import { compare } from './lib/compare.ts'
import { sampleFile } from './lib/sample-file.ts'
import { startSink } from './lib/start-sink.ts'
import { verdict } from './lib/verdict.ts'

const MEGABYTE = 1_000_000
const [browser, file] = [await startBenchBrowser(), await sampleFile(512 * MEGABYTE)]
const [sink, gigabit] = [await startSink(), await startSink(125 * MEGABYTE)]
try {
  await Promise.all([sink.answerCrc64(file.crc64), gigabit.answerCrc64(file.crc64)])
  const shared = { source: [file.path], concurrency: 1 }
  console.log('  no limit')
  const free = await compare(browser, sink, {
    ...shared,
    rounds: 41,
    runs: [{ contender: 'bare XHR' }, { contender: 'Cosdrop' }, { contender: 'Cosdrop', proof: true }],
  })
  await compare(browser, sink, {
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
  verdict('512 MB: throughput against bare XHR', free.get('Cosdrop') ?? NaN, { atLeast: 0.98 })
  verdict('512 MB with proof, no limit', free.get('Cosdrop with proof') ?? NaN, { atLeast: 0.8 })
  verdict('512 MB with proof, 125 MB/s', limited.get('Cosdrop with proof') ?? NaN, { atLeast: 0.98 })
} finally {
  await Promise.all([browser.close(), sink.close(), gigabit.close()])
  file.remove()
}
process.exit()
