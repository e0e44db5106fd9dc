import { createServer } from 'node:net'

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** The wanted port, or the next free one of the twenty after it. 0 stays 0: the system then picks. @throws Error when all are busy, or when it is no port */
export async function freePort(wanted: number): Promise<number> {
  if (wanted === 0) return 0
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Error(`${wanted} is no port: PORT and COS_PORT are whole numbers from 0 to 65535.`)
  }
  for (let port = wanted; port <= wanted + 20; port++) if (await isFree(port)) return port
  throw new Error(
    `The ports ${wanted} to ${wanted + 20} are all in use. End one of the programs that use them, or name another port (PORT, COS_PORT).`,
  )
}
