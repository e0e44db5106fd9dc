import { parseUrl } from '../form/parse-url.ts'
import type { PostForm } from '../form/post-form.ts'
import type { BrowserTransportOptions, UploadWay } from './choose-transport.ts'
import { createFetchTransport } from './fetch-transport.ts'
import { createIframeTransport } from './iframe-transport.ts'
import { createNavigateTransport } from './navigate-transport.ts'
import type { Transport, TransportOptions, TransportReply } from './transport.ts'

type RedirectWay = Exclude<UploadWay, 'xhr'>

const transports: Readonly<Record<RedirectWay, (options: BrowserTransportOptions) => Transport>> = {
  fetch: createFetchTransport,
  iframe: createIframeTransport,
  navigation: createNavigateTransport,
}

/**
 * The way that shows most of where a form with `success_action_redirect` lands, when XHR may not follow: an iframe where that is of this page's
 * origin; else fetch, which proves that the object is stored and shows no more. Never a navigation: that ends the page. Measured for each way
 * in a browser with origins of its own for page, bucket and landing page.
 *
 * @param origin the page's; `null` where there is none, or no frame, as in a worker, or where the page's Cross-Origin-Embedder-Policy lets no frame pass
 * by storage. A sandboxed page has one in its address alone.
 */
export function chooseWay(form: PostForm, origin: string | null): RedirectWay {
  return parseUrl(form.landing ?? '')?.origin === origin ? 'iframe' : 'fetch'
}

/** By `options.way` instead of the one that fits the form, if it is given. */
export function sendForLanding(form: PostForm, sending: TransportOptions, options: BrowserTransportOptions): Promise<TransportReply> {
  const { way } = options
  const framed = globalThis.document && !globalThis.crossOriginIsolated
  const chosen = way && way !== 'xhr' ? way : chooseWay(form, (framed && globalThis.origin) || null)
  return transports[chosen](options)(form, sending)
}
