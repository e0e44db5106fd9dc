import { ConfigError } from '../config/config-reader.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { CosRequest } from '../exchange/cos-request.ts'
import type { ArmedFault } from '../faults/armed-fault.ts'
import { parseFault } from '../faults/parse-fault.ts'
import { jsonReply } from '../local/local-reply.ts'
import { isLocalOrigin } from '../local/local-request.ts'
import type { Service } from '../service.ts'
import { bucketCounts } from './bucket-counts.ts'

const MAX_BODY = 1024 * 1024

function shown(armed: ArmedFault): unknown {
  return { id: armed.id, ...armed.fault, hits: armed.hits, remaining: armed.remaining }
}

function problem(status: number, message: string): CosReply {
  return jsonReply(status, { error: { message } })
}

async function readJson(request: CosRequest): Promise<unknown> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of request.body) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_BODY) throw new ConfigError('', `it is longer than ${MAX_BODY} characters.`)
  }
  try {
    return JSON.parse(text + decoder.decode())
  } catch (cause) {
    throw new ConfigError('', 'it is not JSON.', { cause })
  }
}

async function answerFaults({ faults }: Service, request: CosRequest, id: string | null): Promise<CosReply> {
  switch (request.method) {
    case 'GET':
      return jsonReply(200, { faults: faults.all().map(shown) })
    case 'POST':
      return jsonReply(201, { id: faults.add(parseFault(await readJson(request), '')) })
    case 'PUT': {
      const value = await readJson(request)
      if (!Array.isArray(value)) return problem(400, 'PUT takes a list of faults, which replaces all that are in force.')
      const parsed = value.map((fault: unknown, index) => parseFault(fault, `[${index}]`))
      faults.clear()
      return jsonReply(200, { ids: parsed.map((fault) => faults.add(fault)) })
    }
    case 'DELETE':
      if (id === null) faults.clear()
      else if (!faults.remove(id)) return problem(404, `There is no fault ${id}.`)
      return jsonReply(200, { faults: faults.all().map(shown) })
    default:
      return problem(405, 'Faults take GET, POST, PUT and DELETE.')
  }
}

function answerClearable(request: CosRequest, read: () => unknown, clear: () => void): CosReply {
  if (request.method === 'DELETE') clear()
  else if (request.method !== 'GET') return problem(405, 'This address takes GET, and DELETE to begin anew.')
  return jsonReply(200, read())
}

async function route(service: Service, request: CosRequest): Promise<CosReply> {
  const path = request.target.split('?', 1)[0] ?? ''
  const [, , , what = '', id = null] = path.split('/')
  switch (what) {
    case 'faults':
      return await answerFaults(service, request, id || null)
    case 'counts':
      return answerClearable(
        request,
        () => ({ buckets: bucketCounts(service) }),
        () => service.counts.clear(),
      )
    case 'requests':
      return answerClearable(
        request,
        () => ({ requests: service.log.entries() }),
        () => service.log.clear(),
      )
    default:
      return problem(404, 'The admin endpoint has /_cosdrop/admin/faults, /counts and /requests.')
  }
}

function corsFor(origin: string): Readonly<Record<string, string>> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
    'Access-Control-Allow-Headers': 'content-type',
    Vary: 'Origin',
  }
}

/** The admin endpoint: faults and counts at run time. README, "Faults". Pages of other machines are refused by their Origin. */
export async function answerAdmin(service: Service, request: CosRequest): Promise<CosReply> {
  const origin = request.headers.get('origin')
  if (origin !== null && !isLocalOrigin(origin)) return problem(403, 'Pages of this machine alone may call the admin endpoint.')
  const cors = origin === null ? {} : corsFor(origin)
  if (request.method === 'OPTIONS') return { status: 204, headers: { 'Content-Length': '0', ...cors }, body: null }
  try {
    const reply = await route(service, request)
    return { ...reply, headers: { ...reply.headers, ...cors } }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const reply = problem(400, error.message.replace('The config is wrong', 'The fault is wrong'))
    return { ...reply, headers: { ...reply.headers, ...cors } }
  }
}
