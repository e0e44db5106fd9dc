import type { Clock } from './clock.ts'
import type * as ConfirmUpload from './confirm/confirm-upload.ts'
import type { Hasher } from './hashing/hasher.ts'
import { lazily } from './lazily.ts'
import { createHttpPolicySource } from './policy/http-policy-source.ts'
import type { PolicySource } from './policy/policy-source.ts'
import { readRetryOptions, type RetryOptions } from './retry-options.ts'
import { createBrowserTransport } from './transport/choose-transport.ts'
import type { Transport } from './transport/transport.ts'
import type { NetworkProbe } from './upload-error.ts'
import type { UploaderOptions } from './uploader.ts'

/** Tells why a request ended with status 0, as far as it can. */
export type Probe = (options: { readonly url: string; readonly landing: string | null; readonly signal: AbortSignal }) => Promise<NetworkProbe | null>

/** An uploader's options with every default filled in. */
export interface UploaderSettings {
  readonly options: UploaderOptions
  readonly source: PolicySource
  readonly policyUrl: string | null
  readonly retry: Required<RetryOptions>
  readonly transport: Transport
  /** `null` is the default one. */
  readonly hasher: Hasher | null
  readonly probe: Probe | null
  readonly random: () => number
}

const lazyProbe: Probe = async (options) => (await import('./probe/probe-network.ts')).probeNetwork(options)

export const loadConfirm: () => Promise<typeof ConfirmUpload> = lazily(() => import('./confirm/confirm-upload.ts'))

export function readSettings(options: UploaderOptions, clock: Clock): UploaderSettings {
  const { policy, retry, transport, confirm, hasher = null, probe = transport ? null : lazyProbe, random = Math.random } = options
  // Not when it is needed: then the network may be gone.
  if (confirm) loadConfirm().catch(() => {})
  const isUrl = typeof policy === 'string'
  return {
    options,
    source: isUrl ? createHttpPolicySource(policy) : policy,
    policyUrl: isUrl ? policy : null,
    retry: readRetryOptions(retry),
    transport: transport ?? createBrowserTransport({ clock }),
    hasher,
    // A transport of the app's own does not go where the probe would.
    probe: probe || null,
    random,
  }
}
