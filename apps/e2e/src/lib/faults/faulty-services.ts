// A process of its own, since its clock is right while the engine's is wrong: a local COS that breaks as it is told, and an app's server
// with a policy endpoint whose policies live two seconds and which fails at times, and a confirm endpoint.
import { BUCKETS, CREDENTIALS, EMULATOR_CONFIG, REGION } from '@cosdrop/dev-server'
import { createEmulator } from '@cosdrop/emulator'
import { createNodeServer, nodeDigests } from '@cosdrop/emulator/node'
import { allowAnyone, createConfirmHandler, createPolicyHandler, memoryStore } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { faultPlan } from './fault-plan.ts'
import { ForgetfulStorage } from './forgetful-storage.ts'
import { seededDraws } from './seeded-draws.ts'
import type { FaultyServicesUrls, ServerReport } from './service-messages.ts'

const seed = Number(process.argv[2])
const bucket = BUCKETS.plain
const draw = seededDraws(seed + 1000)
const told: Record<string, number> = {}
const posts: Record<string, number> = {}

async function listening(created: Server): Promise<string> {
  created.listen(0, '127.0.0.1')
  await once(created, 'listening')
  const address = created.address()
  return address instanceof Object ? `http://127.0.0.1:${address.port}` : ''
}

const emulator = createEmulator({
  config: { ...EMULATOR_CONFIG, faults: seed === 0 ? [] : [...faultPlan(seed)] },
  digests: nodeDigests,
  storage: new ForgetfulStorage(),
})
const cosUrl = await listening(
  createNodeServer(emulator).prependListener('request', ({ method, url = '' }: IncomingMessage) => {
    // Before a fault can end it, and so before its key is known.
    const [, send] = /[?&]send=(\d+)/.exec(url) ?? []
    if (method === 'POST' && send !== undefined) posts[send] = (posts[send] ?? 0) + 1
  }),
)
const store = memoryStore()
const shared = {
  bucket,
  region: REGION,
  endpoint: `${cosUrl}/${bucket}/`,
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

process.on('message', (message) => {
  if (message !== 'report') return
  // From here on the truth is wanted, not trouble.
  emulator.service.faults.clear()
  process.send?.({ posts, told } satisfies ServerReport)
})
process.on('disconnect', () => process.exit())
const origin = await listening(server)
process.send?.({ cosUrl, policyUrl: `${origin}/policy`, confirmUrl: `${origin}/confirm` } satisfies FaultyServicesUrls)
