import type { CosErrorCode } from '../errors/error-table.ts'

/** Which requests a fault is for. A fault that names nothing is for every request but preflights, the page and the admin endpoint. */
export interface FaultTarget {
  /** `POST`, or several. Naming OPTIONS is the only way to reach preflights. @default every method but OPTIONS */
  readonly method?: string | readonly string[]
  readonly bucket?: string
  /** The object's key, `*` standing for any text: `uploads/*.png`. A form's key counts as soon as the form has said it. */
  readonly key?: string
  /** So many requests, then no more. @default without end */
  readonly times?: number
  /** From 0 to 1. @default 1 */
  readonly probability?: number
  /** Makes the draws of `probability` the same in every run. @default 1 */
  readonly seed?: number
}

/** What goes wrong. */
export type FaultEffect =
  /** Waits before the request is looked at. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Reads the request and writes the reply at this pace. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** Cuts the connection once so many bytes of the request's body were read. */
  | { readonly kind: 'drop'; readonly afterBytes: number }
  /** Cuts the connection without a reply: after the whole body was read, just before or just after the object is stored. */
  | { readonly kind: 'reset'; readonly when: 'before-store' | 'after-store' }
  /** 503 SlowDown. */
  | { readonly kind: 'slow-down'; readonly retryAfterSeconds?: number }
  /** 500 InternalError. */
  | { readonly kind: 'internal-error' }
  /** Any other error of COS, with its own status: what cannot be provoked otherwise (`UploadConflict`, `KmsFreqControl`). */
  | { readonly kind: 'error'; readonly code: CosErrorCode }
  /** The emulator's clock is so many seconds ahead, or behind when negative. */
  | { readonly kind: 'clock-skew'; readonly seconds: number }
  /** Takes headers out of Access-Control-Expose-Headers: pages cannot read them. */
  | { readonly kind: 'hidden-headers'; readonly headers: readonly string[] }
  /** Error replies come without CORS headers: pages see status 0. */
  | { readonly kind: 'no-cors-on-errors' }
  /** Promises the whole reply and cuts it after so many bytes of its body; a reply without a body is cut before its first byte. */
  | { readonly kind: 'truncated-reply'; readonly afterBytes: number }

/** One fault, as the config and the admin endpoint write it. README, "Faults". */
export type Fault = FaultTarget & FaultEffect
export type FaultKind = FaultEffect['kind']
