import type { Clock } from './clock.ts'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import type { Hasher } from './hashing/hasher.ts'
import { createHttpPolicySource } from './policy/http-policy-source.ts'
import type { PolicySource } from './policy/policy-source.ts'
import { retryDefaults, type RetryOptions } from './retry-policy.ts'
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
  readonly confirm: ConfirmPort | null
  readonly hasher: Hasher
  readonly probe: Probe | null
  readonly random: () => number
}

let hashed = false
const lazyHasher: Hasher = async (file, options) => {
  hashed = true
  return (await import('./hashing/worker-hasher.ts')).workerHasher(file, options)
}
/** Ends the default hasher's worker, unless another uploader is using it. */
export function releaseHasher(): void {
  if (hashed) void import('./hashing/worker-hasher.ts').then(({ releaseHashWorker }) => releaseHashWorker()).catch(() => {})
}

const lazyProbe: Probe = async (options) => (await import('./probe/probe-network.ts')).probeNetwork(options)

export function readSettings(options: UploaderOptions, clock: Clock): UploaderSettings {
  const { policy, retry, transport, confirm = null, hasher = lazyHasher, probe } = options
  return {
    options,
    source: typeof policy === 'string' ? createHttpPolicySource(policy) : policy,
    policyUrl: typeof policy === 'string' ? policy : null,
    retry: retry === false ? { ...retryDefaults, attempts: 1 } : { ...retryDefaults, ...retry },
    transport: transport ?? createBrowserTransport({ clock }),
    confirm: confirm === null ? null : loadConfirm(confirm),
    hasher,
    // A transport of the app's own does not go where the probe would.
    probe: probe === undefined ? (transport === undefined ? lazyProbe : null) : probe || null,
    random: options.random ?? Math.random,
  }
}

/** What asks and what judges the answer are loaded at once, not when they are needed: then the network may be gone. */
function loadConfirm(confirm: string | ConfirmPort): ConfirmPort {
  const parts = Promise.all([import('./confirm/http-confirm-port.ts'), import('./confirm/confirm-upload.ts')])
  parts.catch(() => {})
  if (typeof confirm !== 'string') return confirm
  return async (request, options) => {
    const [{ createHttpConfirmPort }] = await parts
    return createHttpConfirmPort(confirm)(request, options)
  }
}
