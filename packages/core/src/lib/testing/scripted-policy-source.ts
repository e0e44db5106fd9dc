import { buildPolicy, encodePolicy, type PolicyCondition } from '@cosdrop/protocol'
import type { Clock } from '../clock.ts'
import { CosUploadError } from '../upload-error.ts'
import type { PolicyReply, PolicyRequest, PolicySource, SignedPost } from '../policy/policy-source.ts'

export interface ScriptedPolicySource {
  readonly source: PolicySource
  readonly requests: readonly PolicyRequest[]
}

export interface ScriptedPolicyOptions {
  readonly clock: Clock
  /** Milliseconds that a policy lives. @default 900000 */
  readonly life?: number
  /** The server's time when the uploader's clock stands at 0. @default 2026-01-01 */
  readonly serverStart?: number
  /** Conditions beside key and bucket. */
  readonly conditions?: readonly PolicyCondition[]
  /** Called for each request before it is answered: wait in it, or throw. */
  readonly before?: (request: PolicyRequest, count: number, signal: AbortSignal) => void | Promise<void>
}

/**
 * A policy endpoint in the page: its policies are true ones but for the signature, which only storage can check. A file is given a new key each
 * time, unless its earlier receipt asks for the same.
 */
export function createScriptedPolicySource({
  clock,
  life = 900_000,
  serverStart = Date.UTC(2026, 0, 1),
  conditions = [],
  before,
}: ScriptedPolicyOptions): ScriptedPolicySource {
  const requests: PolicyRequest[] = []
  let keys = 0
  const source: PolicySource = async (request, { signal }): Promise<PolicyReply> => {
    requests.push(request)
    await before?.(request, requests.length, signal)
    const now = serverStart + clock.now()
    const expiresAt = new Date(now + life).toISOString()
    const posts = request.files.map((file): SignedPost => {
      const key = file.receipt === undefined ? `uploads/${(keys += 1)}/${file.name}` : (file.key ?? '')
      const policy = buildPolicy({ expiration: expiresAt, conditions: [{ kind: 'eq', field: 'key', value: key }, ...conditions] })
      const fields = {
        key,
        policy: encodePolicy(policy),
        'q-sign-algorithm': 'sha1',
        'q-ak': 'AKIDscripted',
        'q-key-time': '0;1',
        'q-signature': 'scripted',
      }
      return { url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/', fields, expiresAt, receipt: `receipt:${key}` }
    })
    return { serverTime: new Date(now).toISOString(), posts }
  }
  return { source, requests }
}

/** What an endpoint that is down comes to. @param retryAfter seconds */
export function unreachable(status: number | null = null, retryAfter: number | null = null): CosUploadError<'policy-unreachable'> {
  return new CosUploadError('policy-unreachable', 'down', { url: null, status, retryAfter })
}
