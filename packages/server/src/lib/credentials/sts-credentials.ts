import { isRecord } from '../handler/read-policy-request.ts'
import { CosServerError } from '../server-error.ts'
import { cachedCredentials, type CachedCredentialsOptions } from './cached-credentials.ts'
import type { Credentials } from './credentials.ts'
import type { CamPolicy } from './least-privilege.ts'
import { checkedCredentials } from './read-credentials.ts'
import { signTencentApi } from './sign-tencent-api.ts'

/** Which call of STS, and as whom. */
export type StsCall =
  /** https://cloud.tencent.com/document/product/1312/48195 */
  | { readonly action: 'GetFederationToken'; /** @default 'cosdrop' */ readonly name?: string }
  /** https://cloud.tencent.com/document/product/1312/48197 */
  | { readonly action: 'AssumeRole'; readonly roleArn: string; /** @default 'cosdrop' */ readonly sessionName?: string; readonly externalId?: string }

export interface StsCredentialsOptions extends CachedCredentialsOptions {
  /** Permanent keys that may call STS, as an environment has them: missing ones are told when the server starts. */
  readonly secretId: string | undefined
  readonly secretKey: string | undefined
  /** Region of the call: `ap-guangzhou`. */
  readonly region: string
  /** What the temporary credentials may do: `leastPrivilege(...)`. */
  readonly policy: CamPolicy
  /** @default GetFederationToken */
  readonly call?: StsCall | undefined
  /** Seconds that they live; for GetFederationToken at most 7200 with the root account's keys, else 129600. @default 7200 */
  readonly duration?: number | undefined
  /** @default 'https://sts.tencentcloudapi.com/' */
  readonly endpoint?: string | undefined
  /** @default the platform's */
  readonly fetch?: typeof fetch | undefined
}

const VERSION = '2018-08-13'

function callParameters(call: StsCall): Readonly<Record<string, string>> {
  switch (call.action) {
    case 'GetFederationToken':
      return { Action: call.action, Name: call.name ?? 'cosdrop' }
    case 'AssumeRole':
      return {
        Action: call.action,
        RoleArn: call.roleArn,
        RoleSessionName: call.sessionName ?? 'cosdrop',
        ...(call.externalId !== undefined && { ExternalId: call.externalId }),
      }
    default:
      return call satisfies never
  }
}

function refused(status: number, error: Readonly<Record<string, unknown>>, requestId: unknown): CosServerError<'service'> {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const details = {
    status,
    serviceCode: text(error['Code']),
    serviceMessage: text(error['Message']),
    requestId: text(requestId),
    traceId: null,
    resource: null,
  }
  const message = `STS refused temporary credentials with ${details.serviceCode}: ${details.serviceMessage} Request id: ${details.requestId}.`
  return new CosServerError('service', message, details)
}

function malformed(problem: string): CosServerError<'reply-malformed'> {
  return new CosServerError('reply-malformed', `STS answered in a way that its documentation does not describe: ${problem}.`, { problem })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readReply(status: number, text: string): Credentials {
  const body = parsed(text)
  const reply = isRecord(body) ? body['Response'] : null
  if (!isRecord(reply)) throw malformed(`no "Response" (status ${status})`)
  if (isRecord(reply['Error'])) throw refused(status, reply['Error'], reply['RequestId'])
  const { Credentials: given, ExpiredTime: end } = reply
  if (!isRecord(given) || typeof end !== 'number') throw malformed('no "Credentials" or no "ExpiredTime"')
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token } = given
  if (typeof secretId !== 'string' || typeof secretKey !== 'string' || typeof token !== 'string')
    throw malformed('a part of "Credentials" is missing')
  return { secretId, secretKey, token, expiresAt: end * 1000 }
}

/** One call of STS. @throws {CosServerError} `service`, `unreachable`, `reply-malformed` */
async function askSts({ secretId, secretKey }: Credentials, options: StsCredentialsOptions, signal: AbortSignal): Promise<Credentials> {
  const { region, policy, duration = 7200, endpoint = 'https://sts.tencentcloudapi.com/', now = () => Date.now() } = options
  const send = options.fetch ?? ((input: URL, init: RequestInit) => fetch(input, init))
  const url = new URL(endpoint)
  const parameters = {
    ...callParameters(options.call ?? { action: 'GetFederationToken' }),
    SecretId: secretId,
    Timestamp: String(Math.floor(now() / 1000)),
    Nonce: String(crypto.getRandomValues(new Uint32Array(1))[0]),
    DurationSeconds: String(duration),
    Version: VERSION,
    Region: region,
    // STS wants the JSON percent-encoded before the form encodes it once more, and signs it so.
    Policy: encodeURIComponent(JSON.stringify(policy)),
  }
  const body = new URLSearchParams({ ...parameters, Signature: signTencentApi('POST', url.host, parameters, secretKey) })
  const ask = async (): Promise<{ readonly status: number; readonly text: string }> => {
    const reply = await send(url, { method: 'POST', body, signal })
    return { status: reply.status, text: await reply.text() }
  }
  const { status, text } = await ask().catch((cause: unknown) => {
    throw new CosServerError('unreachable', `STS (${url.host}) did not answer.`, { host: url.host }, { cause })
  })
  return readReply(status, text)
}

/**
 * Temporary credentials from Tencent's Security Token Service, made before they are needed and shared by all requests of this process. Give
 * it as `credentials`, with a `receiptSecret` beside it.
 * @throws {CosServerError} `credentials-unavailable` at once, when a key is missing
 */
export function stsCredentials(options: StsCredentialsOptions): () => Promise<Credentials> {
  const keys = checkedCredentials({ secretId: options.secretId, secretKey: options.secretKey })
  return cachedCredentials((signal) => askSts(keys, options, signal), options)
}
