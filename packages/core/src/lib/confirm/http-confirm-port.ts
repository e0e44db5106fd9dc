import { receiveReply } from '../endpoint/endpoint-reply.ts'
import { postJson, type EndpointOptions } from '../endpoint/post-json.ts'
import { readFailure } from '../endpoint/read-failure.ts'
import { shownAddress } from '../endpoint/shown-address.ts'
import { CosUploadError } from '../upload-error.ts'
import type { ConfirmPort } from './confirm-port.ts'
import { notAnAnswer, readConfirmReply } from './read-confirm-reply.ts'

/**
 * Asks a confirm endpoint over HTTP: `POST {receipt, key, size, etag?, crc64?, versionId?}`, answered by `{outcome, object?}`.
 * `confirm: '/api/confirm'` is short for this without options.
 *
 * Rejects with `policy-unreachable` when asking again may help (no answer, 5xx, 429), else with `confirm-failed`.
 */
export function createHttpConfirmPort(url: string, options: EndpointOptions = {}): ConfirmPort {
  const address = shownAddress(url)
  return async (request, { signal }) => {
    const reply = await receiveReply(postJson(url, request, signal, options), signal)
    const failure = readFailure(reply)
    if (failure?.kind === 'unreachable') {
      const { status, retryAfter, cause } = failure
      const text = `The confirm endpoint ${address} ${status === null ? 'gave no answer' : `answered ${status}`}.`
      throw new CosUploadError('policy-unreachable', text, { url: address, status, retryAfter }, { cause })
    }
    const confirmation = failure === null && reply.status !== null ? readConfirmReply(reply.json) : null
    if (confirmation !== null) return confirmation
    const problem =
      failure?.kind === 'refused' ? `it refused with ${failure.status}: ${failure.message ?? failure.code ?? silence(failure.status)}` : notAnAnswer
    const details = { status: reply.status, outcome: null, problem, serverCode: failure?.kind === 'refused' ? failure.code : null }
    throw new CosUploadError('confirm-failed', `The confirm endpoint ${address} could not be used: ${problem.replace(/\.$/, '')}.`, details)
  }
}

/** Without a word of its own it is a server that has nothing there, or nothing for a POST. */
function silence(status: number): string {
  return status === 404 || status === 405 ? 'nothing at its address takes POST' : 'no reason given'
}
