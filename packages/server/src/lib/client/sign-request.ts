import { formatKeyTime } from '@cosdrop/protocol'
import { signRequest as sign } from '@cosdrop/protocol/signature'
import type { Credentials } from '../credentials/credentials.ts'
import { invalidOption } from '../policy/invalid-option.ts'

export interface RequestToSign {
  /** @default 'GET' */
  readonly method?: string | undefined
  /** With its query. */
  readonly url: string | URL
  /** Headers to be covered beside Host: then they must be sent with just these values. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly credentials: Credentials
  /** Whole seconds. @default 900 */
  readonly expiresIn?: number | undefined
  /** Milliseconds since 1970. @default Date.now() */
  readonly now?: number | undefined
}

/** What COS signs. A key that stands in its URL as it is, `100%.txt`, would name something else, or nothing. */
function decodedPath({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    throw invalidOption('url', 'The path of the URL is not percent-encoded: a percent sign in a key is written %25.')
  }
}

/** Signatures start a minute early: this machine's clock may be ahead of COS's. */
const HEAD_START = 60

function signature({ method = 'GET', url: given, headers = {}, credentials, expiresIn = 900, now = Date.now() }: RequestToSign): {
  readonly url: URL
  readonly authorization: string
} {
  if (!Number.isSafeInteger(expiresIn) || expiresIn < 1) {
    throw invalidOption('expiresIn', `A signature cannot live ${expiresIn} seconds; choose a whole number from 1.`)
  }
  const url = new URL(given)
  const second = Math.floor(now / 1000)
  const { authorization } = sign({
    secretId: credentials.secretId,
    secretKey: credentials.secretKey,
    keyTime: formatKeyTime(second - HEAD_START, second + expiresIn),
    method,
    path: decodedPath(url),
    params: url.searchParams,
    headers: [['host', url.host], ...Object.entries(headers)],
  })
  return { url, authorization }
}

/**
 * The headers that make a request a signed one: `Authorization`, and `x-cos-security-token` with temporary credentials. Covers the method,
 * the path, the whole query, Host and the headers given. https://cloud.tencent.com/document/product/436/7778
 * @throws {CosServerError} `rules-invalid` for a life that is none, and for a path that is not percent-encoded
 */
export function signRequest(request: RequestToSign): Readonly<Record<string, string>> {
  const { token } = request.credentials
  return { Authorization: signature(request).authorization, ...(token !== undefined && { 'x-cos-security-token': token }) }
}

/**
 * A URL that carries its own signature: whoever has it may do this one thing until it ends. It covers Host and the query.
 * https://cloud.tencent.com/document/product/436/35153
 * @throws {CosServerError} `rules-invalid` for a life that is none, and for a path that is not percent-encoded
 */
export function presignUrl(request: RequestToSign): string {
  const { url, authorization } = signature(request)
  const own = url.search === '' ? [] : [url.search.slice(1)]
  const signed = authorization.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return `${pair.slice(0, at)}=${encodeURIComponent(pair.slice(at + 1))}`
  })
  const { token } = request.credentials
  if (token !== undefined) signed.push(`x-cos-security-token=${encodeURIComponent(token)}`)
  url.search = ''
  url.hash = ''
  return `${url.href}?${[...own, ...signed].join('&')}`
}
