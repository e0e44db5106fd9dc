// Signing on one core: the whole policy handler against one that only reads and answers JSON, a batch of 100 against node:crypto's bare
// hashes, what a cold import costs, and what a bundle for the edge weighs.
import { allowAnyone, createPolicyHandler, type Handler, type PolicyReply } from '@cosdrop/server'
import { spawnSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { median, verdict } from './lib/verdict.ts'

const ROUNDS = 9
const ROUND_MS = 400
const secretKey = 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz'

const handler = createPolicyHandler({
  bucket: 'examplebucket-1250000000',
  region: 'ap-guangzhou',
  credentials: { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey },
  authorize: allowAnyone(),
})

function bodyOf(files: number): string {
  return JSON.stringify({ files: Array.from({ length: files }, (_, at) => ({ name: `photo ${at}.jpg`, type: 'image/jpeg', size: 100_000 + at })) })
}

function ask(body: string): Request {
  return new Request('https://app.example.com/policy', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
  })
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Operations for each second of processor time, the collector's included: on a busy machine wall time measures the neighbours. */
async function rate(work: () => unknown, each: number): Promise<number> {
  const started = cpuMs()
  let done = 0
  while (cpuMs() - started < ROUND_MS) {
    for (let at = 0; at < 20; at++) await work()
    done += 20 * each
  }
  return (done * 1000) / (cpuMs() - started)
}

/** Medians of interleaved rounds, so that a busy moment of the machine hits both. */
async function compare(ours: () => unknown, theirs: () => unknown, each: number): Promise<{ ours: number; theirs: number }> {
  await rate(ours, each)
  await rate(theirs, each)
  const rates: { ours: number; theirs: number }[] = []
  for (let round = 0; round < ROUNDS; round++) rates.push({ ours: await rate(ours, each), theirs: await rate(theirs, each) })
  const ratio = median(rates.map((pair) => pair.ours / pair.theirs))
  const theirsMedian = median(rates.map((pair) => pair.theirs))
  return { ours: ratio * theirsMedian, theirs: theirsMedian }
}

async function reply(files: number): Promise<PolicyReply> {
  const answer = await handler(ask(bodyOf(files)))
  if (answer.status !== 200) throw new Error(`The handler answered ${answer.status}.`)
  return answer.json()
}

async function oneFile(): Promise<void> {
  const body = bodyOf(1)
  const same = await reply(1)
  const bare: Handler = async (request) => {
    await request.json()
    return Response.json(same)
  }
  const { ours, theirs } = await compare(
    () => handler(ask(body)),
    () => bare(ask(body)),
    1,
  )
  console.log(`  handler ${Math.round(ours)}/s, the same JSON in and out alone ${Math.round(theirs)}/s`)
  verdict('one file: the handler against reading and answering alone', ours / theirs, { atLeast: 0.5 })
}

async function batch(): Promise<void> {
  const body = bodyOf(100)
  const policies = (await reply(100)).posts.map((post) => ({
    text: Buffer.from(post.fields['policy'] ?? '', 'base64').toString(),
    keyTime: post.fields['q-key-time'] ?? '',
  }))
  const hashes = (): void => {
    for (const { text, keyTime } of policies) {
      const signKey = createHmac('sha1', secretKey).update(keyTime).digest('hex')
      createHmac('sha1', signKey).update(createHash('sha1').update(text).digest('hex')).digest('hex')
    }
  }
  const { ours, theirs } = await compare(() => handler(ask(body)), hashes, 100)
  console.log(`  ${Math.round(ours)} posts/s, node:crypto's three hashes over policies of ${policies[0]?.text.length} bytes ${Math.round(theirs)}/s`)
  verdict('100 files: posts against bare hashes of node:crypto', ours / theirs, { atLeast: 0.4 })
}

/** Milliseconds of `import()` in fresh processes, from a bundle: what a cold start of a function pays. The best of nine: the others met the neighbours. */
async function coldImport(code: string): Promise<void> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  const script = `const started = performance.now(); await import(${JSON.stringify(url)}); process.stdout.write(String(performance.now() - started))`
  const times = Array.from({ length: 9 }, () =>
    Number(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout),
  )
  verdict('cold import of the server entry, ms', Math.min(...times), { atMost: 20 })
}

async function bundle(code: string): Promise<string> {
  const entry = fileURLToPath(new URL('bundle-entry.js', import.meta.url))
  const plugin = {
    name: 'entry',
    resolveId: (id: string) => (id === entry ? id : null),
    load: (id: string) => (id === entry ? code : null),
  }
  const built = await rolldown({ input: entry, platform: 'neutral', plugins: [plugin], onLog: () => {} })
  const { output } = await built.generate({ format: 'esm', minify: true })
  await built.close()
  return output.map((part) => (part.type === 'chunk' ? part.code : '')).join('')
}

await oneFile()
await batch()
const all = await bundle("export * from '@cosdrop/server'")
await coldImport(all)
const gzipped = (code: string): number => gzipSync(code).length / 1000
verdict('policy endpoint bundled for the edge, KB gzip', gzipped(await bundle("export { createPolicyHandler } from '@cosdrop/server'")), {
  atMost: 12,
})
console.log(
  `  confirm endpoint ${gzipped(await bundle("export { createConfirmHandler } from '@cosdrop/server'")).toFixed(1)} KB, the whole entry ${gzipped(all).toFixed(1)} KB`,
)
