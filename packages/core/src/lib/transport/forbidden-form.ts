import { withoutQuery } from '../endpoint/without-query.ts'
import { parseUrl } from '../form/parse-url.ts'
import type { PostForm } from '../form/post-form.ts'
import { CosUploadError } from '../upload-error.ts'

/**
 * Calls back when the page's own Content-Security-Policy keeps a native form from its bucket: the form stays where it is, and nothing else tells.
 * Chromium also holds the redirect of what is stored to `form-action`, and names the bucket then, too: the object is in doubt.
 */
export function whenForbidden(document: Document, { action }: PostForm, listen: AddEventListenerOptions, forbidden: () => void): void {
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, disposition, blockedURI }) => {
      if (effectiveDirective === 'form-action' && disposition === 'enforce' && parseUrl(blockedURI)?.origin === parseUrl(action)?.origin) forbidden()
    },
    listen,
  )
}

export function unreadableLanding(redirect: string): CosUploadError<'redirect-unreadable'> {
  const url = withoutQuery(redirect)
  const text = `The form did not land readably on ${url}: the Content-Security-Policy of this page does not allow the bucket and the landing page in form-action and frame-src, COS refused the upload, or the landing page is of another origin, cannot be framed, or drops its query. The object may be stored. Ask your server whether it is, or send with XHR without success_action_redirect to see the reason.`
  return new CosUploadError('redirect-unreadable', text, { url })
}
