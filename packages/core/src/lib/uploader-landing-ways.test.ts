import { afterEach, expect, test, vi } from 'vitest'
import type { PolicySource } from './policy/policy-source.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

afterEach(() => vi.unstubAllGlobals())

test('a landing page that the way taken never asks by CORS is not blamed for lacking it', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, { body }: RequestInit) => {
    asked.push(url)
    if (body instanceof FormData) throw new TypeError('Failed to fetch')
    return new Response()
  })
  const { source } = createUploaderFixture().policy
  const policy: PolicySource = async (request, options) => {
    const reply = await source(request, options)
    const landing = { success_action_redirect: 'https://app.example/landing' }
    return { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: { ...post.fields, ...landing } })) }
  }
  const { uploader, run, items } = createUploaderFixture({ policy, transport: undefined })
  uploader.add(files(['a']))
  await vi.waitFor(async () => {
    await run()
    expect(items()).toMatchObject([{ status: 'error' }])
  })
  expect(items()).toMatchObject([{ error: { code: 'outcome-unknown', message: expect.not.stringContaining('CORS'), details: { probe: null } } }])
  expect(asked).not.toContain('https://app.example/landing')
})
