import type { Readable } from 'node:stream'

const MAX_BYTES = 64 * 1_048_576
const MAX_MS = 3000

/**
 * Reads on, and throws away, after a request was answered before its body had arrived: a connection that is closed over unread bytes is
 * reset, and a client that sends all before it reads would never learn why it was refused. Ends with the body, or at a limit.
 */
export function discardRest(incoming: Readable): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0
    const onData = (chunk: unknown): void => {
      if (chunk instanceof Uint8Array) bytes += chunk.length
      if (bytes > MAX_BYTES) finish()
    }
    const finish = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(finish, MAX_MS)
    if (incoming.readableEnded || incoming.destroyed) return finish()
    // Whoever reads with 'readable' holds the stream still.
    incoming.removeAllListeners('readable')
    incoming.on('data', onData).on('end', finish).on('close', finish)
    incoming.resume()
  })
}
