import { startEmulator, type RunningEmulator } from '@cosdrop/emulator/node'
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPolicyHandler, type PolicyReply } from '../handler/policy-handler.ts'
import { ask, bucket, demoOptions, formRequest } from '../testing/demo.ts'
import { describeStore } from '../testing/store-contract.ts'
import { redisStore } from './redis-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'cosdrop-redis-'))
const socket = join(folder, 'redis.sock')
const client = createClient({ socket: { path: socket, tls: false } })
let redis: ChildProcess
let emulator: RunningEmulator

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

beforeAll(async () => {
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder]
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  redis = server
  for await (const line of createInterface({ input: server.stdout })) if (/ready to accept connections/i.test(line)) break
  server.stdout.resume()
  await client.connect()
  emulator = await startEmulator()
}, 30_000)

afterAll(async () => {
  client.destroy()
  await emulator.close()
  await stop(redis)
  rmSync(folder, { recursive: true })
})

describe('a store in Redis', () => {
  // Redis keeps its own time, which a test cannot move: the time to live is cut instead.
  const keys = async (): Promise<string[]> => client.keys('contract:*')
  describeStore(async () => ({
    store: redisStore(client, { prefix: 'contract:' }),
    passSeconds: async (seconds) => {
      for (const key of await keys()) await client.pExpire(key, Math.max(0, (await client.pTTL(key)) - seconds * 1000))
    },
  }))
})

describe('two servers that share Redis', () => {
  const program = fileURLToPath(new URL('../testing/confirm-server.ts', import.meta.url))
  const servers: ChildProcess[] = []

  async function startServer(): Promise<{ readonly url: string; readonly process: ChildProcess }> {
    const endpoint = `${emulator.url}/${bucket.bucket}/`
    const child = fork(program, { env: { ...process.env, REDIS_SOCKET: socket, COS_ENDPOINT: endpoint }, execArgv: [] })
    servers.push(child)
    const [{ port }] = await once(child, 'message')
    return { url: `http://127.0.0.1:${port}/`, process: child }
  }

  afterAll(async () => {
    await Promise.all(servers.map(stop))
  })

  /** Uploads a file for real and returns what a page sends to confirm it. */
  async function upload(content: string): Promise<{ readonly receipt: string; readonly key: string; readonly size: number }> {
    const handler = createPolicyHandler({ ...demoOptions, endpoint: `${emulator.url}/${bucket.bucket}/`, now: Date.now })
    const reply: PolicyReply = await (await handler(ask({ files: [{ name: 'a.txt', type: '', size: content.length }] }))).json()
    const { url, fields, receipt = '' } = reply.posts[0]!
    const stored = await fetch(await formRequest(url, Object.entries(fields), new Blob([content]), 'a.txt'))
    expect(stored.status).toBe(204)
    return { receipt, key: fields['key']!, size: content.length }
  }

  const confirm = async (url: string, claim: object): Promise<unknown> => {
    const reply = await fetch(url, { method: 'POST', body: JSON.stringify(claim) })
    const { outcome } = await reply.json()
    return outcome
  }

  it('write one row for one file, however often and wherever the page asks', { timeout: 30_000 }, async () => {
    const [one, two] = await Promise.all([startServer(), startServer()])
    const claim = await upload('hello from two servers')
    const asked = Array.from({ length: 20 }, (_, at) => confirm((at % 2 === 0 ? one : two).url, claim))
    await client.blPop('entered', 0)
    await client.rPush(`go:${claim.key}`, 'now')
    expect(await Promise.all(asked)).toEqual(Array(20).fill('stored'))
    expect(await confirm(two.url, claim)).toBe('stored')
    expect(await client.get(`rows:${claim.key}`)).toBe('1')
    expect(await client.lLen('entered')).toBe(0)
  })

  it('take over from a server that died in the middle, once its claim is over', { timeout: 30_000 }, async () => {
    const [one, two] = await Promise.all([startServer(), startServer()])
    const claim = await upload('hello from a survivor')
    const lost = confirm(one.url, claim).catch(() => 'lost')
    await client.blPop('entered', 0)
    one.process.kill('SIGKILL')
    expect(await lost).toBe('lost')
    const asked = confirm(two.url, claim)
    for (const key of await client.keys('cosdrop:uploaded:*')) if ((await client.get(key))?.startsWith('running')) await client.expire(key, 0)
    await client.blPop('entered', 0)
    await client.rPush(`go:${claim.key}`, 'now')
    expect(await asked).toBe('stored')
    expect(await client.get(`rows:${claim.key}`)).toBe('1')
  })
})
