import { corsHeaders } from './cors/cors-headers.ts'
import { matchCorsRule } from './cors/cors-rule-match.ts'
import { ClientGone, CosError } from './errors/cos-error.ts'
import { errorReply } from './errors/error-reply.ts'
import { readAddress, type Address } from './exchange/address.ts'
import type { CosReply } from './exchange/cos-reply.ts'
import type { CosRequest } from './exchange/cos-request.ts'
import { Exchange } from './exchange/exchange.ts'
import { ConnectionCut } from './faults/connection-cut.ts'
import { answerLocally } from './local/local-route.ts'
import { toHeaderBytes } from './objects/header-text.ts'
import { redactTarget, type RequestOutcome } from './request-log/request-log.ts'
import { findRoute } from './route-table.ts'
import type { Service } from './service.ts'

interface Answer {
  readonly reply: CosReply
  readonly outcome: RequestOutcome
  readonly traceId: string | null
}

/** For a request whose address cannot be read: it is refused, and still gets ids and a line in the log. */
const NOWHERE = { path: '/', bucket: null, region: null, accelerate: false, key: null, params: [] } as const

function beginExchange(service: Service, request: CosRequest): { exchange: Exchange; problem: CosError | null } {
  const requestId = service.ids.requestId()
  const begin = (address: Address): Exchange => new Exchange(service, request, address, requestId)
  try {
    return { exchange: begin(readAddress(request)), problem: null }
  } catch (error) {
    if (!(error instanceof CosError)) throw error
    return { exchange: begin({ ...NOWHERE, base: request.host }), problem: error }
  }
}

function refusal(exchange: Exchange, error: CosError): Answer {
  const { requestId, request } = exchange
  const traceId = exchange.service.ids.traceId()
  const reply = errorReply(error, { method: request.method, resource: exchange.resource(error.bareResource), requestId, traceId })
  const { status, code, message, explanation } = error
  return { reply, traceId, outcome: status === 304 ? { kind: 'accepted', status } : { kind: 'refused', status, code, message, explanation } }
}

async function answer(exchange: Exchange, problem: CosError | null): Promise<Answer> {
  try {
    if (problem !== null) throw problem
    const operation = findRoute(exchange)
    exchange.operation = operation.name
    await exchange.faults.begin()
    const reply = await operation.handle(exchange)
    return { reply, traceId: null, outcome: { kind: 'accepted', status: reply.status } }
  } catch (error) {
    if (error instanceof ClientGone || error instanceof ConnectionCut) throw error
    if (error instanceof CosError) return refusal(exchange, error)
    const fix = 'This is a fault of the emulator or of its storage; the cause is on its standard error.'
    const explanation = { condition: 'The emulator works.', value: error instanceof Error ? error.message : String(error), fix }
    exchange.service.reportFault(error)
    return refusal(exchange, new CosError('InternalError', { cause: error, explanation }))
  }
}

function corsOf(exchange: Exchange, reply: CosReply): Readonly<Record<string, string>> {
  const { service, request, address } = exchange
  const origin = exchange.header('origin')
  const bucket = address.bucket === null ? null : service.buckets.get(address.bucket)
  const vary = bucket?.corsVary === true ? { Vary: 'Origin' } : {}
  if (origin === null || bucket === null || request.method === 'OPTIONS') return vary
  if (reply.status >= 400 && !service.config.corsOnErrors) return vary
  const rule = matchCorsRule(bucket.cors, { origin, method: request.method, headers: [] })
  return rule === null ? vary : { ...corsHeaders(rule, origin), ...vary }
}

/** The headers that every reply has. `official/common-response-headers` */
function decorate(exchange: Exchange, reply: CosReply): CosReply {
  const { request } = exchange
  const unread =
    request.contentLength === null
      ? request.lengthRequired && request.headers.has('transfer-encoding')
      : exchange.receivedBytes < request.contentLength
  const close = unread || reply.close === true || /\bclose\b/i.test(exchange.header('connection') ?? '')
  const headers = {
    ...reply.headers,
    Connection: close ? 'close' : 'keep-alive',
    Date: new Date(exchange.now()).toUTCString(),
    Server: 'tencent-cos',
    'x-cos-request-id': exchange.requestId,
    ...corsOf(exchange, reply),
  }
  const written = Object.entries(headers).map(([name, value]) => [name, toHeaderBytes(value)] as const)
  return { ...reply, close, headers: Object.fromEntries(written) }
}

/** What faults make of a reply. One that is never sent lets go of the file that it would have been read from. */
function spoil(exchange: Exchange, reply: CosReply): CosReply {
  try {
    return exchange.faults.reply(reply)
  } catch (error) {
    if (reply.body !== null && !ArrayBuffer.isView(reply.body)) void reply.body[Symbol.asyncIterator]().return?.()
    throw error
  }
}

function log(exchange: Exchange, receivedAt: number, traceId: string | null, outcome: RequestOutcome): void {
  const { service, request, address, caller } = exchange
  service.counts.add(exchange)
  service.log.add({
    requestId: exchange.requestId,
    traceId,
    receivedAt,
    durationMs: service.clock.now() - receivedAt,
    method: request.method,
    host: request.host,
    target: redactTarget(request.target),
    origin: exchange.header('origin'),
    bucket: address.bucket,
    key: exchange.key,
    operation: exchange.operation,
    secretId: caller.kind === 'signed' ? caller.secretId : null,
    receivedBytes: exchange.receivedBytes,
    faults: exchange.faults.struck.map(({ kind }) => kind),
    outcome,
  })
}

/** One request, from address to reply. @throws {ClientGone} when there is nobody left to answer, {ConnectionCut} when a fault says so */
export async function handleRequest(service: Service, request: CosRequest): Promise<CosReply> {
  const own = await answerLocally(service, request)
  if (own !== null) return own
  const receivedAt = service.clock.now()
  const { exchange, problem } = beginExchange(service, request)
  try {
    const { reply, outcome, traceId } = await answer(exchange, problem)
    const decorated = spoil(exchange, decorate(exchange, reply))
    log(exchange, receivedAt, traceId, outcome)
    return decorated
  } catch (error) {
    if (error instanceof ClientGone) log(exchange, receivedAt, null, { kind: 'aborted' })
    if (error instanceof ConnectionCut) log(exchange, receivedAt, null, { kind: 'cut', what: error.what })
    throw error
  }
}
