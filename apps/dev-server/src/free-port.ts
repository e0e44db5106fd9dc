import { createServer } from 'node:net'

/** @throws the system's error, when a port cannot be had for another reason than that it is in use */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function cannotOpen(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause)
  throw new Error(`The port cannot be opened (${reason}). Low ones take special rights: name another one (PORT, COS_PORT).`, { cause })
}

/** The wanted port, or the next free one of the twenty after it. 0 stays 0: the system then picks. @throws Error when all are busy, or when it is no port */
export async function freePort(wanted: number): Promise<number> {
  if (wanted === 0) return 0
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Error(`${wanted} is no port: PORT and COS_PORT are whole numbers from 0 to 65535.`)
  }
  for (let port = wanted; port <= wanted + 20; port++) if (await isFree(port).catch(cannotOpen)) return port
  throw new Error(
    `The ports ${wanted} to ${wanted + 20} are all in use. End one of the programs that use them, or name another port (PORT, COS_PORT).`,
  )
}
