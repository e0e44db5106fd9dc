import type { ObjectStorage } from '../storage/object-storage.ts'
import type { ConformanceTarget, WireReply, WireRequest } from './conformance-case.ts'

/** A request that no browser would build, and that tells `fetch` what the wire would have told a server. */
export function toRequest({ method, target, host, headers, body, declaredLength }: WireRequest): Request {
  const length =
    declaredLength === 'none' ? { 'Transfer-Encoding': 'chunked' } : declaredLength === undefined ? {} : { 'Content-Length': String(declaredLength) }
  return new Request(`http://${host}${target}`, { method, headers: { ...headers, ...length }, body })
}

export async function toWireReply(response: Response): Promise<WireReply> {
  return {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
    body: new Uint8Array(await response.arrayBuffer()),
  }
}

/** Anything that answers a `Request`. */
export function fetchTarget(fetch: (request: Request) => Promise<Response>, storage: ObjectStorage): ConformanceTarget {
  return { storage, send: async (request) => toWireReply(await fetch(toRequest(request))) }
}
