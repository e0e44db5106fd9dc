// 10,000 files of 1 KB, with proof: what is the main thread busy with, and what does an item weigh once it is stored?
import { startBenchBrowser } from './lib/bench-browser.ts'
import { watchHeap } from './lib/heap-watch.ts'
import { startSink } from './lib/start-sink.ts'
import { traceTasks } from './lib/trace-tasks.ts'
import { prepareRun } from './lib/upload-run.ts'
import { median, verdict } from './lib/verdict.ts'
import { sampleCrc64 } from './lib/sample-crc64.ts'

const FILES = 10_000
const BYTES = 1000
const [browser, sink] = [await startBenchBrowser(), await startSink()]
try {
  await sink.answerCrc64(await sampleCrc64(BYTES))
  const longest: number[] = []
  const held: number[] = []
  for (let round = 0; round < 5; round++) {
    await browser.withPage(async (page) => {
      const run = await prepareRun(browser, page, sink, { contender: 'Cosdrop', source: { count: FILES, bytes: BYTES }, concurrency: 6, proof: true })
      const heap = await watchHeap(page)
      await heap.peak()
      const before = await heap.alive()
      const { result: seconds, tasks } = await traceTasks(page, run)
      held.push(((await heap.alive()) - before) / FILES / 1024)
      longest.push(tasks.longest)
      const kept = await page.evaluate(() => window.keptUploader?.getSnapshot().totals.succeeded)
      if (kept !== FILES) throw new Error(`The page keeps ${kept} stored items, so its heap says nothing.`)
      const wall = tasks.longestByWall.toFixed(0)
      console.log(
        `  ${FILES} files in ${seconds.toFixed(1)} s, ${tasks.count} tasks, the longest ${tasks.longest.toFixed(1)} ms (${wall} ms on the wall)`,
      )
    })
  }
  verdict('longest task of the main thread, in its own time', median(longest), { atMost: 50 }, ' ms')
  verdict('heap that one stored item holds', median(held), { atMost: 3 }, ' KB')
} finally {
  await Promise.all([browser.close(), sink.close()])
}
process.exit()
