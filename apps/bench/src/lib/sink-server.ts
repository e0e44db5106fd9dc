// A storage that is faster than any browser: reads every upload, keeps nothing, and answers as COS does. A process of its own, so that the
// figures are the page's. Beside it the real policy endpoint, which an app would run as well.
import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { allowAnyone, createPolicyHandler } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { CREDENTIALS } from './demo-credentials.ts'

const BUCKET = 'examplebucket-1250000000'
/** So many at most; each upload by itself. */
const bytesPerSecond = Number(process.argv[2] ?? Infinity)
const LONG_AGO = 'Thu, 01 Jan 2026 00:00:00 GMT'
const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Max-Age': '600',
  'Access-Control-Expose-Headers': 'ETag, Location, x-cos-request-id, x-cos-version-id, x-cos-hash-crc64ecma',
}
/** What the sink says that it read. The driver knows the file and tells. */
let crc64: string | null = null

/** Reads the whole body, no faster than asked. */
function drain(request: IncomingMessage): Promise<void> {
  const started = performance.now()
  let read = 0
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      read += chunk.length
      const early = (read / bytesPerSecond) * 1000 - (performance.now() - started)
      if (early < 2) return
      request.pause()
      setTimeout(() => request.resume(), early)
    })
    request.once('end', resolve)
    request.once('error', reject)
  })
}

async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await drain(request)
  response.writeHead(204, {
    ...cors,
    ETag: '"ee8de918d05640145b18f70f4c3aa602"',
    Date: LONG_AGO,
    Location: `http://${request.headers.host}/${BUCKET}/uploaded.bin`,
    'x-cos-request-id': 'NjE5',
    ...(crc64 !== null && { 'x-cos-hash-crc64ecma': crc64 }),
  })
  response.end()
}

let policy: ReturnType<typeof toNodeHandler> | null = null

function policyFor(host: string): ReturnType<typeof toNodeHandler> {
  policy ??= toNodeHandler(
    createPolicyHandler({
      bucket: BUCKET,
      region: 'ap-guangzhou',
      endpoint: `http://${host}/${BUCKET}/`,
      credentials: CREDENTIALS,
      authorize: allowAnyone(),
      limits: { maxSize: MAX_OBJECT_BYTES },
      cors: { origins: '*' },
    }),
  )
  return policy
}

const server = createServer({ highWaterMark: 1 << 20, requestTimeout: 0 }, (request, response) => {
  const work =
    request.url === '/policy'
      ? policyFor(request.headers.host ?? '')(request, response)
      : request.method === 'OPTIONS'
        ? Promise.resolve(response.writeHead(200, cors).end())
        : store(request, response)
  Promise.resolve(work).catch(() => response.destroy())
})

process.on('message', (message) => {
  if (!(message instanceof Object) || !('crc64' in message)) return
  crc64 = typeof message.crc64 === 'string' ? message.crc64 : null
  process.send?.('told')
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(address instanceof Object ? `http://127.0.0.1:${address.port}` : '')
})
