import { expect, inject, onTestFinished, test } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createBrowserTransport } from './choose-transport.ts'

// A file of its own: what a page's policy forbids once it forbids for the life of the page.
test.each([
  ['form-action', 'iframe'],
  ['form-action', 'navigation'],
  ['frame-src', 'iframe'],
] as const)("a bucket that the page's own %s forbids is not waited for by the way %s, and the page's rule is named", async (directive, way) => {
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `${directive} 'self'`
  document.head.append(policy)
  onTestFinished(() => policy.remove())
  const clock = createManualClock()
  const fields: [string, string][] = [
    ['key', 'a/b.txt'],
    ['success_action_redirect', `${location.origin}/landed`],
  ]
  const form = createPostForm({ action: `${inject('echoUrl')}/?id=${Date.now()}&redirect=1`, fields, file: new Blob(['hello']), filename: 'b' })
  const sending = createBrowserTransport({ clock, way })(form, { signal: new AbortController().signal, onProgress: () => {} })
  const end = await Promise.race([sending.catch((error: unknown) => error), new Promise((resolve) => setTimeout(resolve, 3_000, 'still waiting'))])
  expect(end).toMatchObject({ code: 'redirect-unreadable', message: expect.stringContaining(directive) })
  expect(clock.pending()).toBe(0)
  expect(document.querySelectorAll('form, iframe')).toHaveLength(0)
})
