/**
 * What CORS goes by, put back: happy-dom checks it as a browser does, and its `Request` drops the headers that the fetch standard forbids to pages, which
 * its own preflights are made of. A browser's `Request` takes them from nobody, and needs none.
 */
export function asFromPage(request: Request): Request {
  const origin = typeof location === 'undefined' ? 'null' : location.origin
  if (origin === 'null' || request.headers.has('Origin')) return request
  request.headers.set('Origin', origin)
  // Which method it asked for is lost as well. A page uploads.
  if (request.method === 'OPTIONS') request.headers.set('Access-Control-Request-Method', 'POST')
  return request
}

/** As the policy endpoint can read it: that counts a body as it walks through it, and nobody can walk through Safari's streams. One without a stream it takes whole. */
export function asForServer(request: Request): Request {
  return request.body?.[Symbol.asyncIterator] ? request : Object.defineProperty(request, 'body', { value: null })
}
