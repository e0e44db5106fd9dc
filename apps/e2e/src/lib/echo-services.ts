import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { listening } from './listening.ts'

/** One part of a form as it came over the wire. */
export interface SeenPart {
  readonly name: string
  /** Raw, as the browser wrote it. */
  readonly filename: string | null
  readonly type: string | null
  readonly size: number
  /** Of fields alone. */
  readonly value: string | null
}

/** What the server saw of all forms with one `id`. */
export interface SeenPosts {
  readonly posts: number
  /** Bytes of the last body. */
  readonly received: number
  /** The connection ended before the body or the reply did. */
  readonly closed: boolean
  readonly parts: readonly SeenPart[]
}

export interface EchoServices {
  readonly echoUrl: string
  /** Another origin; `/cors` answers with CORS headers for everybody, every other path with none. */
  readonly landingUrl: string
  close(): Promise<void>
}

interface Watched {
  posts: number
  received: number
  closed: boolean
  bodyEnded: boolean
  parts: SeenPart[]
  /** Reads on: a server that does not read cannot see that a connection ended. */
  resume: () => void
  readonly changes: EventEmitter
}

/**
 * A server for tests of the ways to send a form: no COS, but it breaks at will. Every POST is told what to do by its query:
 * `id` to ask for it later · `status`, `body`, `type` of the reply, or `redirect` to the form's own `success_action_redirect` · `cut=N` resets the connection after N
 * bytes · `stop=N` reads no further · `hold` never answers · `reset` after the whole body · `early` answers before the body is read · `cors=off`, `cors=preflight` allows no more than the question · `expose=off`.
 * `GET /seen?id=…&until=body|closed` tells what came, once it has come. `GET /disk?name=…&bytes=N` makes a file on the disk and tells its path;
 * without `bytes` the file goes away.
 */
export async function startEchoServices(): Promise<EchoServices> {
  const watched = new Map<string, Watched>()
  const folder = mkdtempSync(join(tmpdir(), 'cosdrop-disk-'))
  const watch = (id: string): Watched => {
    const known = watched.get(id) ?? {
      posts: 0,
      received: 0,
      closed: false,
      bodyEnded: false,
      parts: [],
      resume: () => {},
      changes: new EventEmitter(),
    }
    watched.set(id, known)
    return known
  }

  const echo = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://echo')
    const says = (name: string): string | null => url.searchParams.get(name)
    if (says('cors') === null || (says('cors') === 'preflight' && request.method === 'OPTIONS')) allow(request, response)
    if (says('expose') !== 'off')
      response.setHeader('Access-Control-Expose-Headers', 'ETag, Location, Retry-After, x-cos-request-id, x-cos-version-id')
    // A kept-alive connection that breaks makes browsers send the POST again by themselves.
    response.setHeader('Connection', 'close')
    if (request.method === 'OPTIONS') return void response.writeHead(says('cors') === 'off' ? 403 : 200).end()
    const seen = watch(says('id') ?? '')
    if (url.pathname === '/disk') return disk(folder, says('name') ?? 'file', says('bytes'), response)
    if (url.pathname === '/seen') return void report(seen, says('until'), response)
    if (request.method !== 'POST') return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end()
    void receive(request, response, seen, says)
  })
  const landing = createServer((request, response) => {
    if (request.url?.startsWith('/cors')) allow(request, response)
    response.writeHead(200, { 'Content-Type': 'text/html', ETag: '"of-the-landing-page"' }).end('<!doctype html><title>Landed</title>')
  })
  return {
    echoUrl: await listening(echo),
    landingUrl: await listening(landing),
    async close() {
      rmSync(folder, { recursive: true, force: true })
      for (const server of [echo, landing]) {
        const closed = once(server, 'close')
        server.close()
        server.closeAllConnections()
        await closed
      }
    },
  }
}

async function receive(request: IncomingMessage, response: ServerResponse, seen: Watched, says: (name: string) => string | null): Promise<void> {
  // The engine's own look whether there is a way to here is no upload.
  if (!request.headers['content-type']?.startsWith('multipart/'))
    return void response.writeHead(400, { 'Content-Type': 'text/plain' }).end('not multipart')
  seen.posts += 1
  seen.received = 0
  const change = (): void => void seen.changes.emit('change')
  response.on('close', () => {
    if (response.writableEnded) return
    seen.closed = true
    change()
  })
  request.on('error', () => {})
  let stop = Number(says('stop') ?? Infinity)
  seen.resume = () => {
    stop = Infinity
    request.resume()
  }
  if (says('early') !== null) return void response.writeHead(403, { 'Content-Type': 'application/xml' }).end(says('body') ?? '')

  const cut = says('cut')
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    seen.received += chunk.length
    if (cut !== null && seen.received >= Number(cut)) request.socket.resetAndDestroy()
    else if (seen.received >= stop) request.pause()
  })
  await new Promise<void>((resolve) => request.on('end', resolve))
  const body = Buffer.concat(chunks)
  const parts = readParts(body, request.headers['content-type'] ?? '')
  if (parts === null) return void response.writeHead(400, { 'Content-Type': 'text/plain' }).end('not multipart')
  seen.parts = parts
  seen.bodyEnded = true
  change()
  if (says('reset') !== null) return void request.socket.resetAndDestroy()
  if (says('hold') !== null) return

  const redirect = says('redirect') !== null ? seen.parts.find((part) => part.name === 'success_action_redirect')?.value : null
  const etag = `"${createHash('md5').update(body).digest('hex')}"`
  response.setHeader('ETag', etag)
  response.setHeader('x-cos-request-id', 'NWNlZWFi')
  if (says('retry') !== null) response.setHeader('Retry-After', says('retry') ?? '')
  if (redirect) {
    const query = `bucket=examplebucket-1250000000&key=${encodeURIComponent('a/b.txt')}&etag=${encodeURIComponent(etag)}`
    return void response.writeHead(303, { Location: `${redirect}?${query}` }).end()
  }
  response.writeHead(Number(says('status') ?? 204), { 'Content-Type': says('type') ?? 'application/xml' }).end(says('body') ?? '')
}

async function report(seen: Watched, until: string | null, response: ServerResponse): Promise<void> {
  if (until === 'closed') seen.resume()
  while ((until === 'body' && !seen.bodyEnded) || (until === 'closed' && !seen.closed)) await once(seen.changes, 'change')
  const { posts, received, closed, parts } = seen
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ posts, received, closed, parts } satisfies SeenPosts))
}

function disk(folder: string, name: string, bytes: string | null, response: ServerResponse): void {
  const path = join(folder, basename(name))
  if (bytes === null) rmSync(path, { force: true })
  else writeFileSync(path, Buffer.alloc(Number(bytes), 7))
  response.writeHead(200, { 'Content-Type': 'text/plain' }).end(path)
}

/** Reads a multipart body to the byte; `null` where it is not exactly as RFC 7578 and browsers write it. */
function readParts(body: Buffer, contentType: string): SeenPart[] | null {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(contentType)?.[1]
  const text = body.toString('latin1')
  if (boundary === undefined || !text.startsWith(`--${boundary}\r\n`) || !text.endsWith(`\r\n--${boundary}--\r\n`)) return null
  const inner = text.slice(`--${boundary}\r\n`.length, -`\r\n--${boundary}--\r\n`.length)
  return inner.split(`\r\n--${boundary}\r\n`).map((part) => {
    const end = part.indexOf('\r\n\r\n')
    const head = Buffer.from(part.slice(0, end), 'latin1').toString()
    const content = Buffer.from(part.slice(end + 4), 'latin1')
    const [, name, , filename] = /^Content-Disposition: form-data; name="([^"\r\n]*)"(; filename="([^"\r\n]*)")?/.exec(head) ?? []
    if (name === undefined) throw new Error(`a part without a name: ${head}`)
    const type = /\r\nContent-Type: (.+)$/.exec(head)?.[1] ?? null
    return { name, filename: filename ?? null, type, size: content.length, value: filename === undefined ? content.toString() : null }
  })
}

function allow(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, HEAD')
  response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*')
}
