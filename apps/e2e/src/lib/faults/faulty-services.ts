// A process of its own, since its clock is right while the engine's is wrong: a local COS that breaks as it is told, and an app's server
// with a policy endpoint whose policies live two seconds and which fails at times, and a confirm endpoint.
import { BUCKETS, CREDENTIALS, EMULATOR_CONFIG, REGION } from '@cosdrop/dev-server'
import { startEmulator } from '@cosdrop/emulator/node'
import { allowAnyone, createConfirmHandler, createPolicyHandler, memoryStore } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { faultPlan } from './fault-plan.ts'
import { seededDraws } from './seeded-draws.ts'
import type { FaultyServicesUrls, ServerReport } from './service-messages.ts'

const seed = Number(process.argv[2])
const bucket = BUCKETS.plain
const draw = seededDraws(seed + 1000)
const told: Record<string, number> = {}
const cos = await startEmulator({ config: { ...EMULATOR_CONFIG, faults: seed === 0 ? [] : [...faultPlan(seed)] } })
const store = memoryStore()
const shared = {
  bucket,
  region: REGION,
  endpoint: `${cos.url}/${bucket}/`,
  credentials: CREDENTIALS,
  authorize: allowAnyone(),
  cors: { origins: '*' },
  store,
  onError: (error: unknown) => console.error(error),
} as const

const policy = toNodeHandler(
  createPolicyHandler({
    ...shared,
    expiresIn: 2,
    limits: { maxSize: 5 * 1024 ** 3 },
    // The file's own name is in the key, so that everything that was ever stored for it can be found.
    key: (file) => `${encodeURIComponent(file.name)}/${crypto.randomUUID()}`,
  }),
)
const confirm = toNodeHandler(
  createConfirmHandler({
    ...shared,
    onUploaded({ key }) {
      told[key] = (told[key] ?? 0) + 1
    },
  }),
)

/** One request in five for a policy, and for a confirmation, fails: refused by a proxy, hung up, or late. */
function answer(request: IncomingMessage, response: ServerResponse): Promise<void> | void {
  const luck = request.method === 'POST' && seed !== 0 ? draw() : 1
  if (luck < 0.07) return void request.resume().once('end', () => response.writeHead(502, { 'Access-Control-Allow-Origin': '*' }).end('Bad gateway'))
  if (luck < 0.14) return void request.socket.destroy()
  const handler = request.url === '/confirm' ? confirm : policy
  if (luck < 0.2) return new Promise((resolve) => setTimeout(resolve, 100)).then(() => handler(request, response))
  return handler(request, response)
}

const server = createServer((request, response) => {
  Promise.resolve(answer(request, response)).catch(() => response.destroy())
})

function report(): ServerReport {
  const { counts } = cos.emulator.service
  return { posts: Object.fromEntries(counts.keysOf(bucket).map((key) => [key, counts.ofKey(bucket, key)['POST'] ?? 0])), told }
}

process.on('message', (message) => {
  // From here on the truth is wanted, not trouble.
  if (message === 'report') {
    cos.emulator.service.faults.clear()
    process.send?.(report())
  }
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const origin = address instanceof Object ? `http://127.0.0.1:${address.port}` : ''
  process.send?.({ cosUrl: cos.url, policyUrl: `${origin}/policy`, confirmUrl: `${origin}/confirm` } satisfies FaultyServicesUrls)
})
