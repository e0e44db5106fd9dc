import { expect } from 'vitest'
import type { PolicyReply } from '../handler/policy-handler.ts'
import type { Handler } from '../handler/serve.ts'
import { ask } from './demo.ts'

export const photo = { name: 'Photo.JPG', type: 'image/jpeg', size: 1234 } as const

/** The reply of a handler that must sign. */
export async function signed(handler: Handler, body: object, headers: Readonly<Record<string, string>> = {}): Promise<PolicyReply> {
  const reply = await handler(ask(body, headers))
  const json = await reply.json()
  expect(json).toHaveProperty('posts')
  return json
}

export async function firstFields(handler: Handler, body: object): Promise<Readonly<Record<string, string>>> {
  const { posts } = await signed(handler, body)
  const [post] = posts
  expect(post).toBeDefined()
  return post?.fields ?? {}
}

/** The code of a handler that must refuse. */
export async function codeOf(handler: Handler, request: Request): Promise<string> {
  const reply = await handler(request)
  const { error } = await reply.json()
  return error.code
}
