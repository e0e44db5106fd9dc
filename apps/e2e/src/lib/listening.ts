import { once } from 'node:events'
import type { Server } from 'node:http'

/** Starts the server on a free port of this machine; resolves with its origin, such as `http://127.0.0.1:40123`. */
export async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!(address instanceof Object)) throw new Error('The server listens nowhere.')
  return `http://127.0.0.1:${address.port}`
}
