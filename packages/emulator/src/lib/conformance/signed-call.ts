import { encodeKeyPath } from '@cosdrop/protocol'
import { signRequest } from '@cosdrop/protocol/signature'
import { HOST, SECRET_ID, SECRET_KEY, type WireRequest } from './conformance-case.ts'
import { KEY_TIME } from './posted-form.ts'

export interface Call {
  /** @default 'GET' */
  readonly method?: string
  readonly key?: string
  readonly params?: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer> | string | null
  readonly host?: string
  readonly secretId?: string
  readonly secretKey?: string
  readonly keyTime?: string
  /** `none` signs nothing, `query` makes a presigned URL. @default 'header' */
  readonly sign?: 'header' | 'query' | 'none'
  readonly declaredLength?: number | 'none'
}

function query(params: readonly (readonly [string, string])[]): string {
  return params.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}

/** A call of COS's API with the standard signature over its method, path, parameters and host. */
export function signedCall(call: Call = {}): WireRequest {
  const { method = 'GET', key = 'exampleobject', params = [], host = HOST, sign = 'header', headers = {}, body = null } = call
  const { secretId = SECRET_ID, secretKey = SECRET_KEY, keyTime = KEY_TIME } = call
  const { authorization } = signRequest({ secretId, secretKey, keyTime, method, path: `/${key}`, params, headers: [['host', host]] })
  const signature = authorization.split('&').map((pair): readonly [string, string] => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return [name, value]
  })
  const search = query(sign === 'query' ? [...params, ...signature] : params)
  return {
    method,
    target: `${encodeKeyPath(key)}${search === '' ? '' : `?${search}`}`,
    host,
    headers: { ...headers, ...(sign === 'header' && { Authorization: authorization }) },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    ...(call.declaredLength !== undefined && { declaredLength: call.declaredLength }),
  }
}

/** A request without any signature. */
export function anonymousCall(call: Call = {}): WireRequest {
  return signedCall({ ...call, sign: 'none' })
}
