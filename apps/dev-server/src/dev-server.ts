import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
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

async function servePage(cosUrl: string, port: number): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  // Vite with a server of its own ends the process on SIGTERM by itself, before the rest is closed and what was stored is deleted.
  const http = createHttpServer()
  const vite = await createServer({
    root: PLAYGROUND,
    plugins: [policyEndpoint(cosUrl)],
    server: { middlewareMode: { server: http }, hmr: { server: http } },
    logLevel: 'warn',
  })
  const close = async (): Promise<void> => {
    await vite.close()
    http.close()
    http.closeAllConnections()
  }
  try {
    http.on('request', vite.middlewares)
    http.listen(await freePort(port), '127.0.0.1')
    await once(http, 'listening')
    const address = http.address()
    if (address === null || typeof address === 'string') throw new Error('The page has no port.')
    return { url: `http://127.0.0.1:${address.port}/`, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Starts local COS, policy endpoint and page. */
export async function startDevServer({ port, cosPort }: DevServerOptions): Promise<DevServer> {
  const services = await startServices({ port: cosPort })
  const { cosUrl } = services
  try {
    const page = await servePage(cosUrl, port)
    return {
      url: page.url,
      cosUrl,
      close: async () => {
        await page.close()
        await services.close()
      },
    }
  } catch (error) {
    await services.close()
    throw error
  }
}
