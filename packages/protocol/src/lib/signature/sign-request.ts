import { camEncode } from '../cam-encode.ts'
import { formatAuthorization } from './authorization.ts'
import { hmacSha1Hex, sha1Hex } from './sha1.ts'

type Pairs = Iterable<readonly [name: string, value: string]>

/** A request as the signature sees it. */
export interface RequestToSign {
  readonly method: string
  /** Decoded: `/exampleobject(腾讯云)`, not its percent-encoding. Facts §3. */
  readonly path: string
  /** Query parameters, decoded; `?acl` is `['acl', '']`. */
  readonly params: Pairs
  readonly headers: Pairs
}

export interface RequestSignature {
  readonly signKey: string
  /** Names of the signed parameters, encoded, lower case, sorted, joined by `;`. */
  readonly urlParamList: string
  readonly headerList: string
  readonly httpString: string
  readonly stringToSign: string
  readonly signature: string
}

interface SignedPart {
  readonly list: string
  readonly text: string
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** @param only the names to take, as they stand in a signature's list; all when left out */
function signedPart(pairs: Pairs, only?: readonly string[]): SignedPart {
  const wanted = only && new Set(only)
  const encoded = Array.from(pairs, ([name, value]) => [camEncode(name).toLowerCase(), camEncode(value)] as const)
    .filter(([name]) => wanted?.has(name) ?? true)
    .toSorted((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
  return { list: [...new Set(encoded.map(([name]) => name))].join(';'), text: encoded.map((pair) => pair.join('=')).join('&') }
}

/**
 * The signature of a request. With `urlParamList` and `headerList` it covers exactly those names: that is how a signature is checked.
 * Source: request signature, https://cloud.tencent.com/document/product/436/7778.
 */
export function requestSignature(
  request: RequestToSign & {
    readonly secretKey: string
    readonly keyTime: string
    readonly urlParamList?: readonly string[]
    readonly headerList?: readonly string[]
  },
): RequestSignature {
  const params = signedPart(request.params, request.urlParamList)
  const headers = signedPart(request.headers, request.headerList)
  const signKey = hmacSha1Hex(request.secretKey, request.keyTime)
  const httpString = `${request.method.toLowerCase()}\n${request.path}\n${params.text}\n${headers.text}\n`
  const stringToSign = `sha1\n${request.keyTime}\n${sha1Hex(httpString)}\n`
  return { signKey, urlParamList: params.list, headerList: headers.list, httpString, stringToSign, signature: hmacSha1Hex(signKey, stringToSign) }
}

/** Signs a request whole and writes its `Authorization` header. Sign `host` at least: without it the signature fits every bucket. */
export function signRequest({
  secretId,
  secretKey,
  keyTime,
  method,
  path,
  params,
  headers,
}: RequestToSign & { readonly secretId: string; readonly secretKey: string; readonly keyTime: string }): RequestSignature & {
  readonly authorization: string
} {
  const signed = requestSignature({ secretKey, keyTime, method, path, params, headers })
  return { ...signed, authorization: formatAuthorization({ ...signed, secretId, keyTime }) }
}
