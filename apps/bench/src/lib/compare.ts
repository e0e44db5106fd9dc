import type { BenchBrowser } from './bench-browser.ts'
import type { Sink } from './start-sink.ts'
import { uploadOnce, type UploadRun } from './upload-run.ts'
import { median } from './verdict.ts'

type Variant = Pick<UploadRun, 'contender' | 'proof' | 'sign'>

export interface Comparison extends Omit<UploadRun, keyof Variant> {
  readonly rounds: number
  /** The first is what the others are measured against. */
  readonly runs: readonly [Variant, ...Variant[]]
}

/** `Cosdrop with proof`: how the table and the ratios name it. */
function title({ contender, proof, sign }: Variant): string {
  return contender + (proof ? ' with proof' : '') + (sign ? ', each signed' : '')
}

/**
 * Runs all side by side, round by round, and the order turns with the rounds. Prints a table; resolves with each one's speed against the first's:
 * the median of the rounds' ratios. A shared machine is faster in one minute than in the next, by more than these ratios are about; what a round
 * compares ran within seconds.
 */
export async function compare(browser: BenchBrowser, sink: Sink, { rounds, runs, ...shared }: Comparison): Promise<ReadonlyMap<string, number>> {
  const seconds = new Map<string, number[]>(runs.map((run) => [title(run), []]))
  for (let round = 0; round < rounds; round++) {
    const turned = [...runs.slice(round % runs.length), ...runs.slice(0, round % runs.length)]
    for (const run of turned) seconds.get(title(run))?.push(await uploadOnce(browser, sink, { ...shared, ...run }))
  }
  const base = seconds.get(title(runs[0])) ?? []
  const speeds = new Map(Array.from(seconds, ([name, own]) => [name, median(own.map((value, round) => (base[round] ?? NaN) / value))]))
  for (const [name, own] of seconds) {
    const all = own.map((value) => value.toFixed(2)).join(' ')
    console.log(`  ${name.padEnd(22)} ${median(own).toFixed(2)} s   speed ${(speeds.get(name) ?? NaN).toFixed(3)}   (${all})`)
  }
  return speeds
}
