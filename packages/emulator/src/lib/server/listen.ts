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

export interface Heard {
  /** As the system spells it: `0` and `::0` are `0.0.0.0` and `::`. */
  readonly address: string
  readonly port: number
}

/** Resolves with what it listens on. @throws {ListenError} */
export function listen(server: Server, hostname: string, port: number): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const onError = (cause: unknown): void => reject(new ListenError(explain(cause, hostname, port), { cause }))
    server.once('error', onError)
    server.listen(port, hostname, () => {
      server.off('error', onError)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address : { address: hostname, port })
    })
  })
}
