/** The seven parameters of a standard signature, in an `Authorization` header, a presigned URL or the form field `Signature`. */
export interface AuthorizationParameters {
  readonly secretId: string
  readonly signTime: string
  readonly keyTime: string
  /** Encoded, lower case. */
  readonly headerList: readonly string[]
  /** Encoded, lower case. */
  readonly urlParamList: readonly string[]
  readonly signature: string
}

/** The lists are texts joined by `;`, as `requestSignature` gives them. */
export function formatAuthorization(parts: {
  readonly secretId: string
  readonly keyTime: string
  readonly headerList: string
  readonly urlParamList: string
  readonly signature: string
}): string {
  return (
    `q-sign-algorithm=sha1&q-ak=${parts.secretId}&q-sign-time=${parts.keyTime}&q-key-time=${parts.keyTime}` +
    `&q-header-list=${parts.headerList}&q-url-param-list=${parts.urlParamList}&q-signature=${parts.signature}`
  )
}

function splitList(list: string): readonly string[] {
  return list === '' ? [] : list.split(';')
}

/** Reads the parameters by name; `null` when one is missing or the algorithm is not sha1. @param get reads one, such as `URLSearchParams.get` */
export function readAuthorization(get: (name: string) => string | null): AuthorizationParameters | null {
  const [secretId, signTime, keyTime] = [get('q-ak'), get('q-sign-time'), get('q-key-time')]
  const [headerList, urlParamList, signature] = [get('q-header-list'), get('q-url-param-list'), get('q-signature')]
  if (get('q-sign-algorithm') !== 'sha1' || secretId === null || signTime === null || keyTime === null) return null
  if (headerList === null || urlParamList === null || signature === null) return null
  return { secretId, signTime, keyTime, headerList: splitList(headerList), urlParamList: splitList(urlParamList), signature }
}

/** Reads an `Authorization` header; `null` when it is none of COS's. Its values are not percent-encoded. */
export function parseAuthorization(header: string): AuthorizationParameters | null {
  const parts = new Map<string, string>()
  for (const pair of header.trim().split('&')) {
    const at = pair.indexOf('=')
    if (at > 0) parts.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return readAuthorization((name) => parts.get(name) ?? null)
}
