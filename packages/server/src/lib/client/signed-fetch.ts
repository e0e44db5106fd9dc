import { readErrorXml } from '@cosdrop/protocol'
import type { CredentialsProvider } from '../credentials/credentials.ts'
import { CosServerError } from '../server-error.ts'
import { inTime } from './in-time.ts'
import { signRequest } from './sign-request.ts'
import type { Wait } from './wait.ts'

export interface SignedFetchOptions {
  readonly credentials: CredentialsProvider
  readonly fetch: typeof fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wait: Wait
  /** From 0 to 1: spreads retries. */
  readonly random: () => number
  /** Attempts in all. */
  readonly attempts: number
}

export interface SignedCall {
  readonly method: 'GET' | 'HEAD' | 'DELETE'
  readonly url: URL
  readonly signal?: AbortSignal | undefined
  /** Milliseconds that one attempt may take. @default 9000: three of them, but for a hash, are over before a page gives its question up, after 30 s. */
  readonly patience?: number
}

export interface SignedReply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Milliseconds by which a clock may be wrong before it is held to be the reason of a refusal (facts §5). */
const SKEW = 30_000
const FIRST_PAUSE = 200
const NOT_IMPLEMENTED = 501

/** What COS said, as an error. HEAD has no body: the status and the request id are all there is. */
export function serviceError(reply: SignedReply, call: string): CosServerError<'service'> {
  const body = readErrorXml(reply.body)
  const requestId = body?.requestId || reply.headers.get('x-cos-request-id')
  const said = body === null ? 'without saying why' : `with ${body.code}: ${body.message.replace(/\.$/, '')}`
  return new CosServerError('service', `COS refused ${call} (status ${reply.status}) ${said}. Request id: ${requestId ?? 'none'}.`, {
    status: reply.status,
    serviceCode: body?.code ?? null,
    serviceMessage: body?.message ?? null,
    requestId,
    traceId: body?.traceId || reply.headers.get('x-cos-trace-id'),
    resource: body?.resource ?? null,
  })
}

/**
 * Sends signed requests. Tries again after 5xx and after no answer at all, or none in time, with growing pauses; and once with the service's own
 * time when a 403 came while this machine's clock was off (the Date header tells). What the answer means is the caller's business.
 */
export function createSignedFetch(options: SignedFetchOptions): (call: SignedCall) => Promise<SignedReply> {
  // Kept between calls: a wrong clock stays wrong.
  let clockOffset = 0

  async function send({ method, url, signal, patience = 9_000 }: SignedCall): Promise<SignedReply> {
    const credentials = await options.credentials()
    const headers = signRequest({ method, url, credentials, now: options.now() + clockOffset })
    const ask = async (attempt: AbortSignal): Promise<SignedReply> => {
      const response = await options.fetch(url, { method, headers, redirect: 'manual', signal: attempt })
      return { status: response.status, headers: response.headers, body: await response.text() }
    }
    return inTime(patience, ask, { signal })
  }

  /** Takes the service's time over when ours is off. */
  function correctClock(reply: SignedReply): boolean {
    const served = Date.parse(reply.headers.get('Date') ?? '')
    const off = served - options.now()
    if (reply.status !== 403 || Number.isNaN(off) || Math.abs(off - clockOffset) < SKEW) return false
    clockOffset = off
    return true
  }

  return async (call) => {
    let corrected = false
    for (let attempt = 1; ; attempt++) {
      // Asked this way round, what is no number of attempts (NaN, of a setting that was not read) has an end too.
      const last = !(attempt < options.attempts)
      try {
        const reply = await send(call)
        if (!corrected && correctClock(reply)) {
          corrected = true
          continue
        }
        if (reply.status < 500 || reply.status === NOT_IMPLEMENTED || last) return reply
      } catch (cause) {
        if (call.signal?.aborted === true || cause instanceof CosServerError) throw cause
        const { host } = call.url
        if (last)
          throw new CosServerError(
            'unreachable',
            `${host} did not answer ${attempt} times. Is the endpoint right, and the network up?`,
            { host },
            { cause },
          )
      }
      await options.wait(options.random() * FIRST_PAUSE * 2 ** (attempt - 1), call.signal)
    }
  }
}
