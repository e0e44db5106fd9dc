import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Emulator } from '../emulator.ts'
import { ClientGone, CosError } from '../errors/cos-error.ts'
import { ConnectionCut } from '../faults/connection-cut.ts'
import { linger } from './linger.ts'
import { NodeBody } from './node-body.ts'
import { nodeRequest, writeReply } from './node-exchange.ts'

const READ_AHEAD_BYTES = 1_048_576
// Browsers send the cookies of every port of localhost; Node takes 16 KB.
const MAX_HEADER_BYTES = 131_072

export interface ServerLimits {
  /** How long a request may bring no byte. @default 60_000 */
  readonly idleMs?: number
}

function timedOut(idleMs: number): CosError {
  const condition = `A request brings bytes at least every ${idleMs} ms.`
  return new CosError('RequestTimeout', {
    bareResource: true,
    explanation: { condition, value: null, fix: 'Send the whole body, or look at the network.' },
  })
}

function cutShort(): CosError {
  const explanation = {
    condition: 'The body has as many bytes as Content-Length says.',
    value: 'the client ended early',
    fix: 'Send the whole body.',
  }
  return new CosError('IncompleteBody', { bareResource: true, explanation })
}

/** A reply that has begun goes out as far as it was written; before that, the client gets a TCP reset. */
function cut(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) request.socket.destroySoon()
  else request.socket.resetAndDestroy()
}

/** Puts a Node server in front of an emulator. Bodies stream both ways. */
export function createNodeServer(emulator: Emulator, { idleMs = 60_000 }: ServerLimits = {}): Server {
  /** The last request of each connection: with pipelining it may wait for the replies before its own. */
  const latest = new WeakMap<Duplex, { readonly body: NodeBody; readonly response: ServerResponse }>()

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = new NodeBody(request)
    latest.set(request.socket, { body, response })
    request.setTimeout(idleMs, () => (body.isAwaited ? body.fail(timedOut(idleMs)) : request.setTimeout(idleMs)))
    // Node would end the connection. That is right for a reply that nobody reads, and wrong while the client waits for one.
    response.on('timeout', () => (response.headersSent ? request.socket.destroy() : request.setTimeout(idleMs)))
    try {
      const reply = await emulator.handle(nodeRequest(request, body))
      await writeReply(response, reply)
      if (reply.close === true && reply.body !== null) await linger(request, body)
      response.end()
    } catch (error) {
      if (error instanceof ConnectionCut) return cut(request, response)
      // Nobody is left to be answered, or the reply broke off in the middle: either way the connection is of no use.
      if (!(error instanceof ClientGone)) emulator.service.reportFault(error)
      request.socket.destroy()
    }
  }

  // Uploads take as long as they take; a client that falls silent is ended by `idleMs`.
  const options = { requestTimeout: 0, highWaterMark: READ_AHEAD_BYTES, maxHeaderSize: MAX_HEADER_BYTES }
  const server = createServer(options, (request, response) => void serve(request, response))
  // A client that closed its side still reads: Node would end the connection without the reply. The property is Node's own, and has no type.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('clientError', (error: Error & { readonly code?: string }, stream) => {
    const last = latest.get(stream)
    if (error.code?.startsWith('HPE_') === true && last !== undefined && !last.response.writableFinished) {
      // What cannot be read follows a request that is being answered, or is the end of its body: the reply goes out first.
      last.body.endEarly(cutShort())
      last.response.once('finish', () => stream.end())
    } else if (stream.writable) stream.end('HTTP/1.1 400 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else stream.destroy()
  })
  return server
}
