// One file of 4 GB with proof: how much more do the heaps of page and worker hold at any time than before it?
import { startBenchBrowser } from './lib/bench-browser.ts'
import { watchHeap } from './lib/heap-watch.ts'
import { sampleFile } from './lib/sample-file.ts'
import { startSink } from './lib/start-sink.ts'
import { prepareRun } from './lib/upload-run.ts'
import { median, verdict } from './lib/verdict.ts'

const MEGABYTE = 1_000_000
const [browser, sink, file] = [await startBenchBrowser(), await startSink(), await sampleFile(4 * 1024 ** 3, { sparse: true })]
try {
  await sink.answerCrc64(file.crc64)
  const grown: number[] = []
  for (let round = 0; round < 5; round++) {
    await browser.withPage(async (page) => {
      const run = await prepareRun(browser, page, sink, { contender: 'Cosdrop', source: [file.path], concurrency: 1, proof: true })
      const heap = await watchHeap(page)
      const before = await heap.alive()
      const seconds = await run()
      const most = ((await heap.peak()) - before) / MEGABYTE
      console.log(`  4 GB in ${seconds.toFixed(1)} s, at most ${most.toFixed(1)} MB more`)
      grown.push(most)
    })
  }
  verdict('JS heap grown at most while 4 GB were sent and proved', median(grown), { atMost: 20 }, ' MB')
} finally {
  await Promise.all([browser.close(), sink.close()])
  file.remove()
}
process.exit()
