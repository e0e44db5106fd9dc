import { fileURLToPath } from 'node:url'
import { createServer, type Plugin } from 'vite'
import { freePort } from './free-port.ts'
import { createMiddleware } from './middleware.ts'
import { startServices } from './services.ts'

export interface DevServerOptions {
  /** Of the page. The next free one is taken when it is busy; 0 lets the system pick. */
  readonly port: number
  /** Of the local COS; likewise. */
  readonly cosPort: number
}

export interface DevServer {
  /** The playground. */
  readonly url: string
  /** The local COS. */
  readonly cosUrl: string
  readonly close: () => Promise<void>
}

const PLAYGROUND = fileURLToPath(new URL('../../playground', import.meta.url))

function policyEndpoint(cosUrl: string): Plugin {
  return {
    name: 'policy-endpoint',
    configureServer(server) {
      server.middlewares.use(createMiddleware(cosUrl))
    },
  }
}

/** Starts local COS, policy endpoint and page. */
export async function startDevServer({ port, cosPort }: DevServerOptions): Promise<DevServer> {
  const services = await startServices({ port: cosPort })
  const vite = await createServer({
    root: PLAYGROUND,
    plugins: [policyEndpoint(services.cosUrl)],
    server: { host: '127.0.0.1', port: await freePort(port), strictPort: port !== 0 },
    logLevel: 'warn',
  })
  await vite.listen()
  const address = vite.httpServer?.address()
  if (address === null || address === undefined || typeof address === 'string') throw new Error('The page has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    cosUrl: services.cosUrl,
    close: async () => {
      await vite.close()
      await services.close()
    },
  }
}
