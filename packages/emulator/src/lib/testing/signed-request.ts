import { buildPolicy, encodeKeyPath, encodePolicy, formatKeyTime, type PolicyCondition } from '@cosdrop/protocol'
import { signPolicy, signRequest } from '@cosdrop/protocol/signature'
import { demoConfig } from '../config/demo-config.ts'

/** The demo's bucket on a host of its own, as `fetch(Request)` gets it. */
export const bucketOrigin = 'http://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com'

function demoCredential(): { readonly secretId: string; readonly secretKey: string } {
  const [credential] = demoConfig.credentials
  if (credential === undefined) throw new Error('The demo config has lost its credential.')
  return credential
}

function keyTimeAt(now: number): string {
  const start = Math.floor(now / 1000) - 60
  return formatKeyTime(start, start + 3600)
}

export interface CallOptions {
  readonly method?: string
  /** Not encoded. */
  readonly key?: string
  readonly params?: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
  /** With the bucket in the path for path style. @default `bucketOrigin` */
  readonly origin?: string
  /** Milliseconds since 1970. @default Date.now() */
  readonly now?: number
  readonly signed?: boolean
}

/** A call of COS's API, signed in its Authorization header by the demo's key. */
export function signedRequest({
  method = 'GET',
  key = '',
  params = [],
  headers = {},
  origin = bucketOrigin,
  now,
  signed = true,
  ...rest
}: CallOptions): Request {
  const url = new URL(`${origin}${encodeKeyPath(key)}`)
  const query = params.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
  const { authorization } = signRequest({
    ...demoCredential(),
    keyTime: keyTimeAt(now ?? Date.now()),
    method,
    path: decodeURIComponent(url.pathname),
    params,
    headers: [['host', url.host]],
  })
  return new Request(`${url.href}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...headers, ...(signed && { Authorization: authorization }) },
    ...rest,
  })
}

/** A form whose policy pins its key, signed by the demo's key. */
export function signedForm({
  key,
  keyPrefix,
  file = new Blob(['[Object Content]']),
  fields = {},
  conditions = [],
  now = Date.now(),
}: {
  readonly key: string
  /** Puts `starts-with` in the place of the exact key: for a key with `${filename}`. */
  readonly keyPrefix?: string
  readonly file?: Blob
  readonly fields?: Readonly<Record<string, string>>
  readonly conditions?: readonly PolicyCondition[]
  readonly now?: number
}): FormData {
  const { secretId, secretKey } = demoCredential()
  const keyTime = keyTimeAt(now)
  const policy = buildPolicy({
    expiration: new Date(now + 1_800_000).toISOString(),
    conditions: [
      { kind: 'eq', field: 'bucket', value: 'examplebucket-1250000000' },
      keyPrefix === undefined ? { kind: 'eq', field: 'key', value: key } : { kind: 'starts-with', field: 'key', value: keyPrefix },
      { kind: 'eq', field: 'q-sign-algorithm', value: 'sha1' },
      { kind: 'eq', field: 'q-ak', value: secretId },
      { kind: 'eq', field: 'q-sign-time', value: keyTime },
      ...conditions,
    ],
  })
  const form = new FormData()
  const all = {
    key,
    ...fields,
    policy: encodePolicy(policy),
    'q-sign-algorithm': 'sha1',
    'q-ak': secretId,
    'q-key-time': keyTime,
    'q-signature': signPolicy({ secretKey, keyTime, policy }).signature,
  }
  for (const [name, value] of Object.entries(all)) form.append(name, value)
  form.append('file', file, 'example.txt')
  return form
}

/** POST Object with `signedForm`. */
export function signedPost(
  options: Parameters<typeof signedForm>[0] & { readonly origin?: string; readonly headers?: Readonly<Record<string, string>> },
): Request {
  return new Request(`${options.origin ?? bucketOrigin}/`, { method: 'POST', body: signedForm(options), headers: options.headers ?? {} })
}
