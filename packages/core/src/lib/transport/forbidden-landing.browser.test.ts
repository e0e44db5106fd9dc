import { expect, inject, test } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createBrowserTransport } from './choose-transport.ts'

// A file of its own: what a page's policy forbids once it forbids for the life of the page.
test.each(['frame-src', 'form-action'])(
  "a landing page that the page's own %s leaves out is not waited for, and named beside the bucket",
  async (directive) => {
    const policy = document.createElement('meta')
    policy.httpEquiv = 'Content-Security-Policy'
    policy.content = `${directive} ${inject('echoUrl')}`
    document.head.append(policy)
    const fields: [string, string][] = [
      ['key', 'a/b.txt'],
      ['success_action_redirect', `${location.origin}/landed`],
    ]
    const form = createPostForm({ action: `${inject('echoUrl')}/?id=${Date.now()}&redirect=1`, fields, file: new Blob(['hello']), filename: 'b' })
    const sending = createBrowserTransport({ clock: createManualClock() })(form, { signal: new AbortController().signal, onProgress: () => {} })
    await expect(sending).rejects.toMatchObject({
      code: 'redirect-unreadable',
      message: expect.stringContaining('does not allow the bucket and the landing page in form-action and frame-src'),
    })
  },
)
