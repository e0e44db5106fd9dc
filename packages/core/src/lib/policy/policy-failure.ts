import { toReply } from '../endpoint/endpoint-reply.ts'
import { waitUnlessStopped } from '../pause.ts'
import { retryDelay } from '../retry-policy.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { UploaderOptions } from '../uploader.ts'
import { explainOutcome, explainReply } from './explain-policy.ts'
import type { PolicyDeskPorts } from './policy-desk.ts'

/** A request for policies that came to nothing. */
export interface FailedRequest {
  /** Its files. */
  readonly count: number
  /** Requests that failed in a row, this one included. An endpoint that was found to be down is given one try at a time until it answers. */
  readonly failures: number
  /** What the policy source answered, if it did. */
  readonly reply: unknown
  /** What it threw, if it did; the abort when it did not answer in time. */
  readonly cause: unknown
}

/**
 * Waits until the request may be made again, or gives those that wait the error.
 * @param settle rejects for all whose file was asked for
 * @param hold is handed what ends the wait
 * @param rest is told for how long the endpoint is to be left alone
 * @returns whether one file may be to blame, so that each must be asked for alone
 */
export async function overcomeFailure(
  { clock, settings }: PolicyDeskPorts,
  { count, failures, reply, cause }: FailedRequest,
  settle: (error: AnyUploadError) => void,
  hold: (end: () => void) => void,
  rest: (ms: number) => void,
): Promise<boolean> {
  const { retry, options } = settings()
  const error = isCosUploadError(cause) ? cause : explainSource(options, count, reply, cause)
  // Without a session the endpoint signs for no file, whichever it is.
  if (count > 1 && error.code === 'policy-refused' && error.details.status !== 401) return true
  const delay = retryDelay(error, failures, retry, options.random)
  if (delay === null) {
    // Or each of a thousand files would ask it anew.
    rest(retryDelay(error, failures, { ...retry, attempts: Infinity }, options.random) ?? 0)
    settle(error)
  } else await waitUnlessStopped(clock, delay, hold)
  return false
}

/** The typed error of an HTTP response that cannot be used. */
export function explainResponse(url: string, count: number, response: Response | undefined, json: unknown, cause: unknown): AnyUploadError {
  return explainOutcome(toReply(response, json, cause), url) ?? explainReply(json, count, url)
}

function explainSource({ policy, policyTimeout = 30_000 }: UploaderOptions, count: number, reply: unknown, cause: unknown): AnyUploadError {
  const url = typeof policy === 'string' ? policy : null
  if (cause === undefined) return explainReply(reply, count, url)
  const text =
    cause instanceof Error && cause.name === 'AbortError'
      ? `The policy endpoint${url === null ? '' : ` ${url}`} did not answer for ${policyTimeout / 1_000} s. Look into the log of your server.`
      : 'The policy source threw an error: see its cause.'
  return new CosUploadError('policy-unreachable', text, { url, status: null, retryAfter: null }, { cause })
}
