import { expect, test } from 'vitest'
import type { HashReply, HashRequest } from './hash-messages.ts'
import { serveHashing } from './serve-hashing.ts'

/** A worker from the page's side: what it said, and who asks it. */
function startWorker() {
  const said: HashReply[] = []
  let heard: () => void = () => {}
  let listen: (event: MessageEvent<HashRequest>) => void = () => {}
  serveHashing({
    postMessage(reply) {
      said.push(reply)
      heard()
    },
    addEventListener: (_type, listener) => (listen = listener),
  })
  const until = async (kind: HashReply['kind'], id: number): Promise<HashReply> => {
    for (;;) {
      const found = said.find((reply) => reply.kind === kind && 'id' in reply && reply.id === id)
      if (found) return found
      await new Promise<void>((resolve) => (heard = resolve))
    }
  }
  return { said, until, ask: (data: HashRequest) => listen(new MessageEvent('message', { data })) }
}

const nine = new Blob(['123456789'])
const hash = (id: number, file: Blob): HashRequest => ({ kind: 'hash', id, file, algorithm: 'crc64' })

test('a worker tells the page that it has come, then of each file how far it is and its hash', async () => {
  const { said, until, ask } = startWorker()
  expect(said).toEqual([{ kind: 'ready' }])
  ask(hash(7, nine))
  expect(await until('done', 7)).toEqual({ kind: 'done', id: 7, hex: '995dc9bbdf1939fa' })
  expect(said.slice(1, -1)).toEqual([{ kind: 'progress', id: 7, hashedBytes: 9 }])
})

test('a worker says of a file that has become shorter that it is the file’s fault, and goes on with the others', async () => {
  const { until, ask } = startWorker()
  ask(hash(1, Object.defineProperty(new Blob(['1']), 'size', { value: 2 })))
  ask(hash(2, nine))
  expect(await until('failed', 1)).toEqual({ kind: 'failed', id: 1, unreadable: true, problem: '1 of 2 bytes could be read' })
  expect(await until('done', 2)).toMatchObject({ hex: '995dc9bbdf1939fa' })
})

test('a worker reads a large file that was canceled no further, and all of the others', async () => {
  const { said, until, ask } = startWorker()
  let read = 0
  const { size } = new Blob([new Uint8Array(2 ** 22)])
  const slice = (from = 0, to = size): Blob => ((read += 1), new Blob([new Uint8Array(to - from)]))
  const large = (): Blob => Object.defineProperties(new Blob([]), { size: { value: size }, slice: { value: slice }, stream: { value: () => null } })
  ask(hash(1, large()))
  ask({ kind: 'cancel', id: 1 })
  ask({ kind: 'cancel', id: 2 })
  ask(hash(3, nine))
  await until('done', 3)
  await until('failed', 1)
  expect(read).toBeLessThan(4)
  expect(said.some(({ kind }) => kind === 'done')).toBe(true)
})
