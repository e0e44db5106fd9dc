import { demoConfig } from '@cosdrop/emulator'
import { startEmulator, type RunningEmulator } from '@cosdrop/emulator/node'
import type { ConfirmReply, Handler, PolicyReply } from '@cosdrop/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointsOf, type SaveFile } from './confirm.ts'

const [{ secretId, secretKey } = { secretId: '', secretKey: '' }] = demoConfig.credentials
const FILE = new File(['hello world!'], 'greeting.txt', { type: 'text/plain' })

let cos: RunningEmulator
let saved: Parameters<SaveFile>[0][]
let endpoints: ReturnType<typeof endpointsOf>

beforeAll(async () => {
  cos = await startEmulator({ config: demoConfig })
  saved = []
  const env = { COS_SECRET_ID: secretId, COS_SECRET_KEY: secretKey, COS_ENDPOINT: `${cos.url}/examplebucket-1250000000/` }
  endpoints = endpointsOf(env, async (file) => void saved.push(file))
})
afterAll(() => cos.close())

async function ask<Reply>(handler: Handler, body: unknown, who = 'Bearer ada'): Promise<Reply> {
  const reply = await handler(
    new Request('https://www.example.com/api', {
      method: 'POST',
      headers: { Authorization: who, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
  return reply.json()
}

describe('an app that wants to know what was stored', () => {
  it('learns of a file once, from COS, however often the page asks', async () => {
    const { posts } = await ask<PolicyReply>(endpoints.policy, { files: [{ name: FILE.name, type: FILE.type, size: FILE.size }] })
    const post = posts[0]!
    const claim = { receipt: post.receipt, key: post.fields['key'], size: FILE.size }
    expect(await ask<ConfirmReply>(endpoints.confirm, claim)).toEqual({ outcome: 'absent' })

    const form = new FormData()
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value)
    form.append('file', FILE)
    await fetch(post.url, { method: 'POST', body: form })

    const stored = { outcome: 'stored', object: { key: claim.key, size: 12, crc64: '9548687815775124833' } }
    expect(await ask<ConfirmReply>(endpoints.confirm, claim)).toMatchObject(stored)
    expect(await ask<ConfirmReply>(endpoints.confirm, claim)).toMatchObject(stored)
    expect(saved).toMatchObject([{ key: claim.key, size: 12, owner: 'ada' }])
  })

  it('is not told of a file by somebody who may not upload', async () => {
    expect(await ask(endpoints.confirm, { receipt: 'x', key: 'a', size: 1 }, '')).toMatchObject({ error: { code: expect.any(String) } })
    expect(saved).toHaveLength(1)
  })
})
