/** What came back from an endpoint of the app's own server; `json` is `undefined` for text that is none. */
export type EndpointReply =
  | { readonly status: number; readonly headers: Headers; readonly json: unknown }
  | { readonly status: null; readonly cause: unknown }

/** Waits for a response and its body. Rejects only with the signal's reason. */
export async function receiveReply(pending: Promise<Response>, signal: AbortSignal): Promise<EndpointReply> {
  let response: Response | undefined
  try {
    response = await pending
    return toReply(response, await response.json(), undefined)
  } catch (cause) {
    signal.throwIfAborted()
    return toReply(response, undefined, cause)
  }
}

/** @param cause what `fetch` or `response.json()` threw, if anything: a body that broke off is no answer, one that is not JSON is */
export function toReply(response: Response | undefined, json: unknown, cause: unknown): EndpointReply {
  // One that was cut within its headers Chromium takes, over plain http, for a whole one with nothing in it.
  if (!response || (cause instanceof SyntaxError ? response.status === 200 && / end of |EOF/.test(cause.message) : cause))
    return { status: null, cause }
  return { status: response.status, headers: response.headers, json }
}
