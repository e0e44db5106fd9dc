import { expect, inject, test } from 'vitest'
import { createPostForm } from './post-form.ts'
import { createBrowserTransport } from '../transport/choose-transport.ts'

// The names by which a form is asked for its own properties: https://html.spec.whatwg.org/#dom-form-nameditem
test.each(['target', 'append', 'remove', 'submit', 'files', 'nodeType', 'parentNode', 'ownerDocument', 'isConnected'])(
  'a field named %s goes the way of the iframe as others do',
  async (name) => {
    const id = `odd-${name}-${Date.now()}`
    const fields: [string, string][] = [
      ['key', 'a/b.txt'],
      [name, 'x'],
      ['success_action_redirect', `${location.origin}/landed`],
    ]
    const form = createPostForm({ action: `${inject('echoUrl')}/?id=${id}&redirect=1`, fields, file: new Blob(['hello']), filename: 'b' })
    const sending = createBrowserTransport({ way: 'iframe', replyTimeout: 3000 })(form, {
      signal: new AbortController().signal,
      onProgress: () => {},
    })
    const end = await sending.catch((error: unknown) => error)
    document.querySelectorAll('form, iframe').forEach((x) => Element.prototype.remove.call(x))
    expect(end).toMatchObject({ via: 'iframe' })
  },
)
