import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Manner = 'pass' | 'stall' | 'mute'

/** Hands on what goes to one server, or not. */
export interface RudeProxy {
  readonly url: string
  /** `stall` takes no more, `mute` keeps the replies for itself. @param afterBytes of what it has taken since it was started */
  readonly behave: (how: Manner, afterBytes?: number) => void
  readonly close: () => Promise<void>
}

export async function startRudeProxy(target: string): Promise<RudeProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let manner: Manner = 'pass'
  let from = 0
  let taken = 0
  const behaves = (how: Manner): boolean => manner === how && taken > from
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    client.on('data', (bytes) => {
      taken += bytes.length
      if (behaves('stall')) client.pause()
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (!behaves('mute')) client.write(bytes)
    })
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${address instanceof Object ? address.port : ''}`,
    behave(how, afterBytes = 0) {
      manner = how
      from = afterBytes
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
