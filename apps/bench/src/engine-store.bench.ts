// Adding files to the store, and one item's event, without a network. Uppy beside it where it can be waited for.
import { startBenchBrowser } from './lib/bench-browser.ts'
import { median, verdict } from './lib/verdict.ts'
import type { StoreCost } from './pages/store-cost.ts'

const browser = await startBenchBrowser()

/** Both round by round in one page, so that neither has another state of the compiler or another minute of the machine. */
async function costs(name: 'Cosdrop' | 'Uppy', counts: readonly number[], rounds: number): Promise<readonly (readonly StoreCost[])[]> {
  const all = await browser.withPage(async (page) => {
    await page.evaluate((source) => window.bench.prepare(source), { count: Math.max(...counts), bytes: 4000 })
    await browser.rests()
    const measured: StoreCost[][] = counts.map(() => [])
    for (let round = -1; round < rounds; round++)
      for (const [at, count] of counts.entries()) {
        const cost = await page.evaluate(([of, files]) => window.bench.storeCost(of, files), [name, count] as const)
        // The first round warms up.
        if (round >= 0) measured[at]?.push(cost)
      }
    return measured
  })
  for (const [at, own] of all.entries()) {
    const { add, event } = middle(own)
    console.log(`  ${name}, ${counts[at]} files: added in ${add.toFixed(1)} ms, one event ${(event * 1000).toFixed(1)} µs`)
  }
  return all
}

function middle(own: readonly StoreCost[] = []): StoreCost {
  return { add: median(own.map(({ add }) => add)), event: median(own.map(({ event }) => event)) }
}

try {
  const [few = [], thousand, many = []] = await costs('Cosdrop', [10, 1000, 10_000], 15)
  // Uppy copies its state with each event: at 10,000 files it takes the better part of a minute.
  const [others] = await costs('Uppy', [1000], 1)
  const [ours, uppy] = [middle(thousand), middle(others)]
  verdict('10,000 files added to the store', middle(many).add, { atMost: 50 }, ' ms')
  verdict('one event among 10,000 items', middle(many).event, { atMost: 0.02 }, ' ms')
  const ratios = many.map(({ event }, round) => event / (few[round]?.event ?? NaN))
  verdict('one event among 10,000 items against one among 10', median(ratios), { atMost: 1.5 })
  verdict('1,000 files added: Uppy against Cosdrop', uppy.add / ours.add, { atLeast: 1 })
  verdict('one event among 1,000 items: Uppy against Cosdrop', uppy.event / ours.event, { atLeast: 1 })
} finally {
  await browser.close()
}
process.exit()
