import type { Server } from 'node:http'

/** The server could not be started. The message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

function explain(error: unknown, hostname: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${hostname} is in use. Choose another with --port, or --port 0 for any free one.`
    case 'EACCES':
      return `Port ${port} may not be opened without special rights. Choose one above 1023, or --port 0 for any free one.`
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${hostname}.`
    default:
      return `The server could not listen on ${hostname}:${port}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Resolves with the port. @throws {ListenError} */
export function listen(server: Server, hostname: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (cause: unknown): void => reject(new ListenError(explain(cause, hostname, port), { cause }))
    server.once('error', onError)
    server.listen(port, hostname, () => {
      server.off('error', onError)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
