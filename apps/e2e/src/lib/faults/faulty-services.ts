// A process of its own, since its clock is right while the engine's is wrong: a local COS that breaks as it is told, and an app's server
// with a policy endpoint whose policies live two seconds and which fails at times, and a confirm endpoint.
import { EMULATOR_CONFIG } from '@cosdrop/dev-server'
import { createEmulator } from '@cosdrop/emulator'
import { createNodeServer, nodeDigests } from '@cosdrop/emulator/node'
import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { createConfirmHandler, createPolicyHandler } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listening } from '../listening.ts'
import { localApp, namedKey } from '../local-app.ts'
import { faultPlan } from './fault-plan.ts'
import { ForgetfulStorage } from './forgetful-storage.ts'
import { seededDraws } from './seeded-draws.ts'
import type { FaultyServicesUrls, ServerReport } from './service-messages.ts'

const seed = Number(process.argv[2])
const draw = seededDraws(seed + 1000)
const told: Record<string, number> = {}
const posts: Record<string, number> = {}

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
const shared = { ...localApp(cosUrl), onError: (error: unknown) => console.error(error) }

const policy = toNodeHandler(
  createPolicyHandler({
    ...shared,
    expiresIn: 2,
    limits: { maxSize: MAX_OBJECT_BYTES },
    key: namedKey,
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
