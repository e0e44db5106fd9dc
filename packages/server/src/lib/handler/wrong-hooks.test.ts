import { describe, expect, it, vi } from 'vitest'
import { refusal } from '../policy/refusal.ts'
import { photo } from '../testing/ask-handler.ts'
import { ask, demoOptions } from '../testing/demo.ts'
import { createPolicyHandler } from './policy-handler.ts'

describe('an app that is wrong', () => {
  it.each(['./a.png', '../a.png', 'a/./b.png', 'a/../b.png', 'a/..', '.', '..'])(
    'signs no key that no URL can name: %s could be stored, and neither confirmed nor read',
    async (key) => {
      const errors: unknown[] = []
      const careless = createPolicyHandler({ ...demoOptions, key: () => key, onError: (error) => errors.push(error) })
      expect((await careless(ask({ files: [photo] }))).status).toBe(500)
      expect(errors).toEqual([expect.objectContaining({ code: 'rules-invalid', details: { field: 'key' } })])
    },
  )

  it.each(['.well-known/a', 'a..b/c', 'a/...', '...', 'a//b', 'a/.b', 'a/b.'])('signs %s, whose dots are letters like others', async (key) => {
    expect((await createPolicyHandler({ ...demoOptions, key: () => key })(ask({ files: [photo] }))).status).toBe(200)
  })

  it('says which of its two secrets is too short for receipts, when it never set the one', () => {
    const credentials = { secretId: 'AKIDexample', secretKey: 'short' }
    expect(() => createPolicyHandler({ ...demoOptions, credentials })).toThrow(/SecretKey/)
  })

  it.each([undefined, 204, 200, 302, 399, 600, NaN])(
    'answers 500, and tells the log, where a hook refuses with a status that is none: %s',
    async (status) => {
      const errors: unknown[] = []
      const authorize = (): never => {
        throw refusal('quota-full', 'Your space is full.', status === undefined ? {} : { status })
      }
      const reply = await createPolicyHandler({ ...demoOptions, authorize, onError: (error) => errors.push(error) })(ask({ files: [photo] }))
      expect(reply.status).toBe(status === undefined ? 403 : 500)
      expect(errors).toEqual(
        status === undefined ? [] : [expect.objectContaining({ code: 'rules-invalid', message: expect.stringContaining(`${status}`) })],
      )
    },
  )

  it('is told in its log, as the page is, also of a hook that fails without a reason', async () => {
    const onError = vi.fn<(error: unknown) => void>()
    const reply = await createPolicyHandler({ ...demoOptions, authorize: () => Promise.reject(), onError })(ask({ files: [photo] }))
    expect([reply.status, onError.mock.calls]).toEqual([500, [[undefined]]])
  })
})
