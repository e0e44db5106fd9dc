import { formField } from '../form/form-key.ts'
import { parseUrl } from '../form/parse-url.ts'
import type { PostForm } from '../form/post-form.ts'
import type { Transport } from './transport.ts'
import { createXhrTransport, type XhrTransportOptions } from './xhr-transport.ts'

/** How a form can be sent. Each way's limits stand with its `create…Transport`. */
export type UploadWay = 'xhr' | 'fetch' | 'iframe' | 'navigation'

export interface BrowserTransportOptions extends XhrTransportOptions {
  /** Always this way, instead of the one that fits the form. */
  readonly way?: UploadWay
  /** The landing page of `success_action_redirect` answers with CORS headers for `Origin: null`, so XHR can follow. @default false */
  readonly landingAllowsCors?: boolean
}

/**
 * The way that shows most of the reply. Without `success_action_redirect`: XHR. With it, XHR where the landing page allows `Origin: null`;
 * an iframe where it is of this page's origin; else fetch, which proves that the object is stored and shows no more. Never a navigation: that
 * ends the page. Measured for each way in a browser with origins of its own for page, bucket and landing page.
 *
 * @param origin the page's, `null` where there is none
 */
export function chooseWay(form: PostForm, origin: string | null, landingAllowsCors = false): UploadWay {
  const redirect = formField(form, 'success_action_redirect')
  if (!redirect || landingAllowsCors) return 'xhr'
  return parseUrl(redirect)?.origin === origin ? 'iframe' : 'fetch'
}

/** The default of a browser: chooses for each form, and loads what few need only when it is needed. */
export function createBrowserTransport(options: BrowserTransportOptions = {}): Transport {
  const xhr = createXhrTransport(options)
  return async (form, sending) => {
    const way = options.way ?? chooseWay(form, globalThis.location?.origin ?? null, options.landingAllowsCors)
    switch (way) {
      case 'xhr':
        return xhr(form, sending)
      case 'iframe':
        return (await import('./iframe-transport.ts')).createIframeTransport()(form, sending)
      case 'fetch':
        return (await import('./fetch-transport.ts')).createFetchTransport()(form, sending)
      case 'navigation':
        return (await import('./navigate-transport.ts')).createNavigateTransport()(form, sending)
      default:
        return way satisfies never
    }
  }
}
