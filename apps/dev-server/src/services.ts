import { startEmulator } from '@cosdrop/emulator/node'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EMULATOR_CONFIG } from './buckets.ts'
import { freePort } from './free-port.ts'
import { createMiddleware } from './middleware.ts'

export interface ServicesOptions {
  /** Of the local COS. The next free one is taken when it is busy; 0 lets the system pick. */
  readonly port: number
  /** Of a policy endpoint open to pages of every origin. @default none */
  readonly policyPort?: number
}

export interface Services {
  /** The local COS, `http://127.0.0.1:9000`. */
  readonly cosUrl: string
  /** `null` without `policyPort`. */
  readonly policyUrl: string | null
  /** Ends both and deletes what was stored. */
  readonly close: () => Promise<void>
}

async function servePolicies(cosUrl: string, port: number): Promise<Server> {
  const middleware = createMiddleware(cosUrl, { origins: '*' })
  const server = createServer((request, response) => {
    middleware(request, response, () => {
      response.statusCode = 404
      response.end()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The policy endpoint has no port.')
  return address.port
}

/** The local COS, storing to a temporary directory so that a file of any size can be dropped, and a policy endpoint where one is asked for. */
export async function startServices({ port, policyPort }: ServicesOptions): Promise<Services> {
  const cosPort = await freePort(port)
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cosdrop-'))
  const cos = await startEmulator({ config: EMULATOR_CONFIG, port: cosPort, dataDirectory })
  const policies = policyPort === undefined ? null : await servePolicies(cos.url, await freePort(policyPort))
  return {
    cosUrl: cos.url,
    policyUrl: policies && `http://127.0.0.1:${portOf(policies)}/api/policy`,
    close: async () => {
      policies?.closeAllConnections()
      policies?.close()
      await cos.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
