import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { listeningOn, type LocalServer } from '../testing/local-server.ts'
import { multipartFrame } from './multipart-frame.ts'
import { FileChangedError, sendForm, type FormToSend } from './send-form.ts'

const MEGABYTE = 1024 * 1024
let server: LocalServer | undefined
afterEach(() => server?.close())

async function* blocks(count: number, onPull: () => void): AsyncGenerator<Uint8Array> {
  for (let block = 0; block < count; block++) {
    onPull()
    yield new Uint8Array(MEGABYTE)
  }
}

function form(changes: Partial<FormToSend> & Pick<FormToSend, 'url'>): FormToSend {
  return {
    fields: { key: 'a' },
    filename: 'a',
    size: 0,
    chunks: blocks(0, () => undefined),
    signal: new AbortController().signal,
    onChunk() {},
    onSent() {},
    ...changes,
  }
}

describe('a form on its way', () => {
  it('holds no more of a large file in memory than the network takes', async () => {
    let [generated, received, furthest] = [0, 0, 0]
    server = await listeningOn(
      createServer((request, response) => {
        request.on('data', (chunk: Buffer) => {
          received += chunk.length
          // A slow reader: one more turn of the event loop for each piece.
          request.pause()
          setImmediate(() => request.resume())
        })
        request.on('end', () => response.writeHead(204).end())
      }),
    )
    const chunks = blocks(128, () => {
      furthest = Math.max(furthest, generated - received)
      generated += MEGABYTE
    })
    const reply = await sendForm(form({ url: server.url, size: 128 * MEGABYTE, chunks }))
    expect([reply.status, generated]).toEqual([204, 128 * MEGABYTE])
    // What sockets of this machine buffer; nothing near the file's size.
    expect(furthest).toBeLessThan(32 * MEGABYTE)
  })

  it.each([
    ['shorter', 2],
    ['longer', 4],
  ])('is given up when the file became %s meanwhile', async (_what, count) => {
    server = await listeningOn(createServer((request) => void request.resume()))
    const sending = sendForm(form({ url: server.url, size: 3 * MEGABYTE, chunks: blocks(count, () => undefined) }))
    await expect(sending).rejects.toThrow(FileChangedError)
  })

  it('holds no byte of a file that grew beyond its size, or storage would say that the form is broken', async () => {
    server = await listeningOn(createServer((request, response) => void request.resume().once('end', () => response.writeHead(400).end())))
    const chunks = (async function* () {
      yield* blocks(2, () => undefined)
      await new Promise(() => undefined)
    })()
    await expect(sendForm(form({ url: server.url, size: MEGABYTE, chunks }))).rejects.toThrow(FileChangedError)
  })

  it('goes to https by TLS', async () => {
    let first: number | undefined
    const heard = createNetServer((socket) => {
      socket.once('data', (bytes) => {
        first = bytes[0]
        socket.destroy()
      })
    }).listen(0, '127.0.0.1')
    await once(heard, 'listening')
    const address = heard.address()
    const port = typeof address === 'object' ? address?.port : 0
    await expect(sendForm(form({ url: `https://127.0.0.1:${port}/` }))).rejects.toBeInstanceOf(Error)
    heard.close()
    // A record of TLS that shakes hands.
    expect(first).toBe(0x16)
  })

  it('tells the length of its body to the byte: COS takes no chunked ones', async () => {
    let told: string | undefined
    let counted = 0
    server = await listeningOn(
      createServer((request, response) => {
        told = request.headers['content-length']
        request.on('data', (chunk: Buffer) => (counted += chunk.length)).on('end', () => response.writeHead(204).end())
      }),
    )
    await sendForm(form({ url: server.url, fields: { key: 'ключ', 'x-cos-meta-a': '"' }, size: MEGABYTE, chunks: blocks(1, () => undefined) }))
    expect(told).toBe(String(counted))
  })
})

describe('the frame around a file', () => {
  it('is read by a platform’s own parser as it was meant, the file last', async () => {
    const fields = [
      ['key', 'a/${filename}'],
      ['x-cos-meta-note', 'line 1\r\nline 2 "quoted" –'],
    ] as const
    const { head, tail, contentType } = multipartFrame(fields, 'ü "x"\n.txt', 'edge')
    const body = new Blob([new Uint8Array(head), 'content', new Uint8Array(tail)])
    const parsed = await new Response(body, { headers: { 'Content-Type': contentType } }).formData()
    expect([...parsed.keys()]).toEqual(['key', 'x-cos-meta-note', 'file'])
    expect(parsed.get('x-cos-meta-note')).toBe(fields[1][1])
    const file = parsed.get('file')
    expect(file instanceof File && [file.name, await file.text()]).toEqual(['ü "x"\n.txt', 'content'])
  })
})
