// The long run: `npm run fuzz [-- --cases N] [--seed N]`. Prints how many cases ran; ends with 1 at the first that fails.
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { fuzzPlan } from '../src/lib/testing/fuzz/fuzz-plan.ts'

const MEGABYTE = 1_000_000
const MAX_GROWTH = 32 * MEGABYTE
const MAX_SILENT_MS = 120_000

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}

type Message = { readonly total: number } | { readonly line: string }

// Standard output of a busy thread waits for its event loop, a message does not.
function tell(message: Message): void {
  parentPort?.postMessage(message)
}

/** In a thread of its own, so that a case that never ends can be seen from outside. */
async function fuzz(cases: number, seed: number): Promise<void> {
  let total = 0
  const onCase = (): void => {
    if (++total % 1000 === 0) tell({ total })
  }
  // The first cases fill caches and compile code; growth is what comes after them.
  for (const { run } of fuzzPlan) await run(500, seed)
  const before = heapBytes()
  for (const { name, share, run } of fuzzPlan) {
    const own = Math.round(cases * share)
    const started = performance.now()
    await run(own, seed, onCase)
    tell({ line: `  ok     ${own} cases in ${((performance.now() - started) / 1000).toFixed(1)} s: ${name}` })
  }
  const growth = heapBytes() - before
  if (growth > MAX_GROWTH) throw new Error(`The heap grew by ${(growth / MEGABYTE).toFixed(1)} MB.`)
  tell({ line: `  ok     the heap grew by ${(growth / MEGABYTE).toFixed(1)} MB (at most ${MAX_GROWTH / MEGABYTE})` })
  tell({ line: `${total} cases passed, seed ${seed}` })
}

function watch(cases: number, seed: number): void {
  const worker = new Worker(new URL(import.meta.url), { workerData: { cases, seed } })
  let last = performance.now()
  let total = 0
  const watchdog = setInterval(() => {
    if (performance.now() - last < MAX_SILENT_MS) return
    console.error(`A case after number ${total} has not ended for ${MAX_SILENT_MS / 1000} s. Seed ${seed}.`)
    process.exit(1)
  }, 1000)
  worker.on('message', (message: Message) => {
    last = performance.now()
    if ('line' in message) console.log(message.line)
    else total = message.total
  })
  worker.on('error', (error) => {
    console.error(error)
    process.exitCode = 1
  })
  worker.on('exit', () => clearInterval(watchdog))
}

if (isMainThread) {
  const { values } = parseArgs({ options: { cases: { type: 'string', default: '1000000' }, seed: { type: 'string' } } })
  watch(Number(values.cases), Number(values.seed ?? Date.now() % 2 ** 31))
} else {
  const { cases, seed }: { readonly cases: number; readonly seed: number } = workerData
  await fuzz(cases, seed)
}
