import { createHmac } from 'node:crypto'

/** One call that the double answered. */
export interface StsDoubleCall {
  readonly parameters: Readonly<Record<string, string>>
}

export interface StsDouble {
  readonly fetch: typeof fetch
  readonly calls: readonly StsDoubleCall[]
  /** The next calls end so instead. */
  fail(error: { readonly code: string; readonly message: string } | 'network' | 'html' | null): void
}

/** Signed by code of its own, so that an error in ours is not an error in both. */
function isSigned(host: string, parameters: URLSearchParams, secretKey: string): boolean {
  const text = [...parameters]
    .filter(([name]) => name !== 'Signature')
    .map((pair) => pair.join('='))
    .sort()
    .join('&')
  return createHmac('sha1', secretKey).update(`POST${host}/?${text}`).digest('base64') === parameters.get('Signature')
}

/** A Security Token Service in this process that checks signature, time, action and policy, and gives numbered credentials. */
export function createStsDouble(account: { readonly secretId: string; readonly secretKey: string }, now: () => number): StsDouble {
  const calls: StsDoubleCall[] = []
  let failure: Parameters<StsDouble['fail']>[0] = null

  const reply = (response: Record<string, unknown>): Response => Response.json({ Response: { ...response, RequestId: `request-${calls.length}` } })
  const error = (code: string, message: string): Response => reply({ Error: { Code: code, Message: message } })

  async function answer(request: Request): Promise<Response> {
    const parameters = new URLSearchParams(await request.text())
    calls.push({ parameters: Object.fromEntries(parameters) })
    if (failure === 'network') throw new TypeError('fetch failed')
    if (failure === 'html') return new Response('<html>502</html>', { status: 502, headers: { 'Content-Type': 'text/html' } })
    if (failure !== null) return error(failure.code, failure.message)
    if (parameters.get('SecretId') !== account.secretId) return error('AuthFailure.SecretIdNotFound', 'The SecretId is not found.')
    if (!isSigned(new URL(request.url).host, parameters, account.secretKey))
      return error('AuthFailure.SignatureFailure', 'The provided credentials could not be validated.')
    const timestamp = Number(parameters.get('Timestamp'))
    if (Math.abs(timestamp - now() / 1000) > 300) return error('AuthFailure.SignatureExpire', 'The signature has expired.')
    const duration = Number(parameters.get('DurationSeconds'))
    const action = parameters.get('Action')
    if (action !== 'GetFederationToken' && action !== 'AssumeRole') return error('InvalidAction', 'The action does not exist.')
    if (action === 'AssumeRole' && parameters.get('RoleArn') === null) return error('MissingParameter', 'RoleArn is missing.')
    JSON.parse(decodeURIComponent(parameters.get('Policy') ?? ''))
    const end = Math.floor(now() / 1000) + duration
    const number = calls.length
    return reply({
      Credentials: { TmpSecretId: `AKIDtemporary${number}`, TmpSecretKey: `temporary-secret-key-${number}`, Token: `token-${number}` },
      ExpiredTime: end,
      Expiration: new Date(end * 1000).toISOString(),
    })
  }

  return {
    calls,
    fetch: (input, init) => answer(new Request(input, init)),
    fail(next) {
      failure = next
    },
  }
}
