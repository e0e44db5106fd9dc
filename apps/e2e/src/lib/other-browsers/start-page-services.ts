import { EMULATOR_CONFIG } from '@cosdrop/dev-server'
import { createEmulator, type FaultEffect, type ObjectVersion, type Service } from '@cosdrop/emulator'
import { createNodeServer, nodeDigests } from '@cosdrop/emulator/node'
import { createConfirmHandler, createPolicyHandler } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { listening } from '../listening.ts'
import { localApp, namedKey } from '../local-app.ts'

/** A form on its way, as the server's socket saw it. */
export interface SeenForm {
  /** Bytes of the body, as announced. */
  readonly length: number
  readonly socket: Socket
}

export interface Stored extends ObjectVersion {
  /** The file's own name. */
  readonly name: string
  readonly bytes: Buffer
}

export interface PageServices {
  readonly policyUrl: string
  readonly confirmUrl: string
  /** The local COS from inside: its log and its faults. */
  readonly cos: Service
  /** Every form that was sent, whoever sent it: browsers repeat a POST by themselves when a kept-alive connection breaks. */
  readonly forms: readonly SeenForm[]
  /** Decides what becomes of each form, by its number from 1 on. */
  readonly fail: (plan: (form: number) => FaultEffect | undefined) => void
  /** Every version of every object. */
  readonly stored: () => Promise<readonly Stored[]>
  readonly close: () => Promise<void>
}

async function closing(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** A local COS with versions and CORS, and an app's server that signs and confirms, each with an origin of its own. */
export async function startPageServices(): Promise<PageServices> {
  const emulator = createEmulator({ config: EMULATOR_CONFIG, digests: nodeDigests })
  const cos = emulator.service
  const forms: SeenForm[] = []
  let plan: (form: number) => FaultEffect | undefined = () => undefined
  const storage = createNodeServer(emulator).prependListener('request', ({ method, headers, socket }) => {
    const length = Number(headers['content-length'])
    // The engine's probe posts nothing.
    if (method !== 'POST' || length === 0) return
    const effect = plan(forms.push({ length, socket }))
    if (effect !== undefined) cos.faults.add({ ...effect, method, times: 1 })
  })
  const cosUrl = await listening(storage)
  const local = localApp(cosUrl)
  const policy = toNodeHandler(createPolicyHandler({ ...local, limits: { maxSize: 100_000_000 }, key: namedKey }))
  const confirm = toNodeHandler(createConfirmHandler({ ...local, onUploaded: () => {} }))
  const app = createServer((request, response) => void (request.url === '/confirm' ? confirm : policy)(request, response))
  const appUrl = await listening(app)
  return {
    policyUrl: `${appUrl}/policy`,
    confirmUrl: `${appUrl}/confirm`,
    cos,
    forms,
    fail(how) {
      plan = how
    },
    async stored() {
      const versions = cos.storage.keysOf(local.bucket).flatMap((key) => cos.storage.versionsOf(local.bucket, key))
      const objects = versions.filter((version) => version.kind === 'object')
      return Promise.all(
        objects.map(async (object) => {
          const chunks = await Readable.from(cos.storage.readBlob(object, 0, object.size)).toArray()
          return { ...object, name: decodeURIComponent(object.key.slice(0, object.key.indexOf('/'))), bytes: Buffer.concat(chunks) }
        }),
      )
    },
    async close() {
      await Promise.all([closing(storage), closing(app)])
    },
  }
}
