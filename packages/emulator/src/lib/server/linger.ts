import type { IncomingMessage } from 'node:http'
import type { NodeBody } from './node-body.ts'

// Enough for a browser, which stops sending once it has the reply; a client that sends on for longer than that is cut off.
const MAX_BYTES = 64 * 1_048_576
const MAX_MS = 3000

/**
 * Reads on, and throws away, after a request was answered before its body had arrived. A connection that is closed with unread bytes in
 * it is reset, and the reply may be lost with it: the client would see a network error in place of the reason.
 */
export function linger(request: IncomingMessage, body: NodeBody): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0
    const onData = (chunk: Uint8Array): void => {
      bytes += chunk.length
      if (bytes > MAX_BYTES) finish()
    }
    const finish = (): void => {
      clearTimeout(timer)
      request.off('data', onData)
      request.off('end', finish)
      request.off('close', finish)
      resolve()
    }
    const timer = setTimeout(finish, MAX_MS)
    if (request.readableEnded || request.destroyed) return finish()
    request.removeAllListeners('readable')
    request.on('data', onData)
    request.on('end', finish)
    request.on('close', finish)
    // A client that closed its side sends nothing more, and waits for the end.
    void body.failed.then(finish)
    request.resume()
  })
}
