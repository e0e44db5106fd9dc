// Adding files to the store, and one item's event, without a network. Uppy beside it where it can be waited for.
import { startBenchBrowser } from './lib/bench-browser.ts'
import { median, verdict } from './lib/verdict.ts'
import type { StoreCost } from './pages/store-cost.ts'

const ROUNDS = 7
const browser = await startBenchBrowser()

async function cost(name: 'Cosdrop' | 'Uppy', count: number, rounds: number): Promise<StoreCost> {
  const costs = await browser.withPage(async (page) => {
    await page.evaluate((source) => window.bench.prepare(source), { count, bytes: 4000 })
    await page.evaluate((of) => window.bench.storeCost(of), name)
    const all: StoreCost[] = []
    for (let round = 0; round < rounds; round++) all.push(await page.evaluate((of) => window.bench.storeCost(of), name))
    return all
  })
  const middle = { add: median(costs.map(({ add }) => add)), event: median(costs.map(({ event }) => event)) }
  console.log(`  ${name}, ${count} files: added in ${middle.add.toFixed(1)} ms, one event ${(middle.event * 1000).toFixed(1)} µs`)
  return middle
}

try {
  const few = await cost('Cosdrop', 10, ROUNDS)
  const thousand = await cost('Cosdrop', 1000, ROUNDS)
  const many = await cost('Cosdrop', 10_000, ROUNDS)
  // Uppy copies its state with each event: at 10,000 files it takes the better part of a minute.
  const uppy = await cost('Uppy', 1000, 1)
  verdict('10,000 files added to the store', many.add, { atMost: 50 }, ' ms')
  verdict('one event among 10,000 items', many.event, { atMost: 0.02 }, ' ms')
  verdict('one event among 10,000 items against one among 10', many.event / few.event, { atMost: 1.5 })
  verdict('1,000 files added: Uppy against Cosdrop', uppy.add / thousand.add, { atLeast: 1 })
  verdict('one event among 1,000 items: Uppy against Cosdrop', uppy.event / thousand.event, { atLeast: 1 })
} finally {
  await browser.close()
}
process.exit()
