import { lazily } from '../lazily.ts'
import type { Transport } from './transport.ts'
import { createXhrTransport, type XhrTransportOptions } from './xhr-transport.ts'

const loadRedirects = lazily(() => import('./redirect-transport.ts'))

/** How a form can be sent. Each way's limits stand with its `create…Transport`. */
export type UploadWay = 'xhr' | 'fetch' | 'iframe' | 'navigation'

export interface BrowserTransportOptions extends XhrTransportOptions {
  /** Always this way, instead of the one that fits the form. */
  readonly way?: UploadWay | undefined
  /** The landing page of `success_action_redirect` answers OPTIONS and GET with CORS headers for `Origin: null`, so XHR can follow. @default false */
  readonly landingAllowsCors?: boolean | undefined
}

/**
 * The default of a browser: for each form the way that shows most of the reply. Without `success_action_redirect`, or where the landing page
 * allows `Origin: null`, that is XHR; `sendForLanding` chooses else, loaded when it is needed. Where there is no XHR (Node, service workers) it is fetch.
 */
export function createBrowserTransport(options: BrowserTransportOptions = {}): Transport {
  const { way, landingAllowsCors } = options
  const xhr = createXhrTransport(options)
  return (form, sending) =>
    (way ? way === 'xhr' : globalThis.XMLHttpRequest && (landingAllowsCors || !form.landing))
      ? xhr(form, sending)
      : loadRedirects().then(({ sendForLanding }) => sendForLanding(form, sending, options))
}
