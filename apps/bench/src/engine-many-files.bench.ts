// 1,000 files of 100 KB, six at a time, against a bare pool of six.
import { startBenchBrowser } from './lib/bench-browser.ts'
import { startSink } from './lib/start-sink.ts'
import { compare } from './lib/compare.ts'
import { verdict } from './lib/verdict.ts'

const [browser, sink] = [await startBenchBrowser(), await startSink()]
try {
  const ratios = await compare(browser, sink, {
    rounds: 5,
    source: { count: 1000, bytes: 100_000 },
    concurrency: 6,
    runs: [{ contender: 'bare XHR' }, { contender: 'Cosdrop' }, { contender: 'Uppy' }, { contender: 'react-uploady' }],
  })
  verdict('1,000 files of 100 KB: Cosdrop against a bare pool', ratios.get('Cosdrop') ?? NaN, { atLeast: 0.95 })
} finally {
  await Promise.all([browser.close(), sink.close()])
}
process.exit()
