import type { Clock } from './clock.ts'
import type * as ConfirmUpload from './confirm/confirm-upload.ts'
import { lazily } from './lazily.ts'
import { createHttpPolicySource } from './policy/http-policy-source.ts'
import type { PolicySource } from './policy/policy-source.ts'
import { readRetryOptions, type RetryOptions } from './retry-options.ts'
import { createBrowserTransport } from './transport/choose-transport.ts'
import type { Transport } from './transport/transport.ts'
import type { NetworkProbe } from './upload-error.ts'
import type { UploaderOptions } from './uploader.ts'
import type { Filled } from './filled.ts'

/** Tells why a request ended with status 0, as far as it can. */
export type Probe = (options: { readonly url: string; readonly landing: string | null; readonly signal: AbortSignal }) => Promise<NetworkProbe | null>

/** An uploader's options with the defaults that every upload needs. */
export interface UploaderSettings {
  readonly options: UploaderOptions
  readonly source: PolicySource
  readonly retry: Filled<RetryOptions>
  readonly transport: Transport
}

export const loadConfirm: () => Promise<typeof ConfirmUpload> = lazily(() => import('./confirm/confirm-upload.ts'))

export function readSettings(options: UploaderOptions, clock: Clock): UploaderSettings {
  const { policy, retry, transport, confirm } = options
  // Not when it is needed: then the network may be gone.
  if (confirm) loadConfirm().catch(() => {})
  return {
    options,
    source: typeof policy === 'string' ? createHttpPolicySource(policy) : policy,
    retry: readRetryOptions(retry),
    transport: transport ?? createBrowserTransport({ clock }),
  }
}
