import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

export interface LocalServer {
  readonly url: string
  close(): void
}

/** On a free port of this machine. */
export async function listeningOn(server: Server): Promise<LocalServer> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A URL where nothing listens any more. */
export async function deserted(): Promise<string> {
  const server = await listeningOn(createServer())
  server.close()
  return server.url
}
