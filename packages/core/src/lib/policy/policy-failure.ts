import { toReply } from '../endpoint/endpoint-reply.ts'
import { refusesReceipt } from '../endpoint/read-failure.ts'
import { shownAddress } from '../endpoint/shown-address.ts'
import { retryDelay } from '../retry-policy.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { UploaderOptions } from '../uploader.ts'
import type { UploaderSettings } from '../uploader-settings.ts'
import { explainOutcome, explainReply } from './explain-policy.ts'

/** A request for policies that came to nothing. */
export interface FailedRequest {
  /** Its files. */
  readonly count: number
  /** One of them has, or had, a policy, and was to keep its key. */
  readonly known: boolean
  /** Requests that failed in a row, this one included. An endpoint that was found to be down is given one try at a time until it answers. */
  readonly failures: number
  /** What the policy source answered, if it did. */
  readonly reply: unknown
  /** What it threw, if it did; the abort when it did not answer in time. */
  readonly cause: unknown
  /** The time for an answer was over. */
  readonly silent: boolean
}

/** What is to be done about it. */
export interface RequestVerdict {
  /** What those that wait are told; `null`: the request is made again. */
  readonly error: unknown
  /** Milliseconds for which the endpoint is to be left alone; `null`: it has answered, and would answer the same. */
  readonly rest: number | null
  /** One file may be to blame, or their number: they are to be asked for in smaller groups, at last each alone. */
  readonly divide: boolean
  /** No file is to blame: whoever comes while the endpoint rests is told the same. */
  readonly toAll: boolean
  /** The server does not know its receipts again: they are signed as other files would be. */
  readonly anew: boolean
}

/** Milliseconds in which a queue of some thousand files hears that there is no session, and no person can begin a new one. */
const noSession = 1_000

export function judgeRequest({ retry, options }: UploaderSettings, { count, known, failures, reply, cause, silent }: FailedRequest): RequestVerdict {
  const error = isCosUploadError(cause) ? cause : explainSource(options, count, reply, cause, silent)
  // Without a session the endpoint signs for no file, whichever it is; many answer with their login page then, which only HTTP tells with a status.
  const toAll = error.code === 'policy-refused' ? error.details.status === 401 : error.code === 'policy-malformed' && error.details.status !== null
  const ofOne = !toAll && (error.code === 'policy-refused' || error.code === 'policy-malformed')
  const anew = known && error.code === 'policy-refused' && refusesReceipt(error.details.serverCode)
  const divide = count > 1 && ofOne && !anew
  const again = divide || anew || retryDelay(error, failures, retry, options.random) !== null
  // After the last try, too, or each of a thousand files would ask it anew.
  const rest = toAll ? noSession : retryDelay(error, failures, { ...retry, attempts: Infinity }, options.random)
  return { error: again ? null : error, rest, divide, toAll, anew }
}

/** The typed error of an HTTP response that cannot be used. */
export function explainResponse(url: string, count: number, response: Response | undefined, json: unknown, cause: unknown): AnyUploadError {
  const address = shownAddress(url)
  return explainOutcome(toReply(response, json, cause), address) ?? explainReply(json, count, address)
}

function explainSource(
  { policy, policyTimeout = 30_000 }: UploaderOptions,
  count: number,
  reply: unknown,
  cause: unknown,
  silent: boolean,
): AnyUploadError {
  const url = typeof policy === 'string' ? shownAddress(policy) : null
  if (cause === undefined) return explainReply(reply, count, url)
  const text = silent
    ? `The policy endpoint${url === null ? '' : ` ${url}`} did not answer for ${policyTimeout / 1_000} s. Look into the log of your server.`
    : 'The policy source threw an error: see its cause.'
  return new CosUploadError('policy-unreachable', text, { url, status: null, retryAfter: null }, { cause })
}
