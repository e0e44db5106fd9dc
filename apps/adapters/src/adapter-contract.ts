import { demoConfig } from '@cosdrop/emulator'
import { startEmulator, type RunningEmulator } from '@cosdrop/emulator/node'
import { createCosClient, type PolicyReply } from '@cosdrop/server'
import { afterAll, expect, it } from 'vitest'

/** Sends a request to the policy endpoint as the framework serves it. */
export type AskEndpoint = (init: RequestInit) => Promise<Response>

/** A framework that is up. */
export interface RunningAdapter {
  readonly ask: AskEndpoint
  readonly close: () => unknown
}

/** What the endpoint under test finds in its environment. */
export interface AdapterEnvironment {
  readonly [name: string]: string
  readonly COS_SECRET_ID: string
  readonly COS_SECRET_KEY: string
  readonly COS_ENDPOINT: string
}

const [{ secretId, secretKey } = { secretId: '', secretKey: '' }] = demoConfig.credentials
const [{ name: bucket, region } = { name: '', region: '' }] = demoConfig.buckets

const PHOTO = new File(['not really a photo'], 'photo.jpg', { type: 'image/jpeg' })

function policyRequest(files: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ada', ...headers },
    body: JSON.stringify({ files }),
  }
}

/** Starts a framework, then asks it what every framework must answer alike. One start for all tests of a file. */
export function describeAdapter(start: (env: AdapterEnvironment) => Promise<RunningAdapter>): void {
  let cos: Promise<RunningEmulator> | undefined
  let adapter: Promise<RunningAdapter> | undefined
  const emulator = (): Promise<RunningEmulator> => (cos ??= startEmulator({ config: demoConfig }))

  async function ask(init: RequestInit): Promise<Response> {
    const { url } = await emulator()
    const env = { COS_SECRET_ID: secretId, COS_SECRET_KEY: secretKey, COS_ENDPOINT: `${url}/${bucket}/` }
    // In-process frameworks read the same environment as those that get a process of their own.
    Object.assign(process.env, env)
    adapter ??= start(env)
    return (await adapter).ask(init)
  }

  afterAll(async () => {
    try {
      await (await adapter)?.close()
    } finally {
      await (await cos)?.close()
    }
  })

  // The first request waits for the framework to start, which on a busy machine takes its time.
  it('signs a form that stores the file', { timeout: 120_000 }, async () => {
    const reply = await ask(policyRequest([{ name: PHOTO.name, type: PHOTO.type, size: PHOTO.size }]))
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Cache-Control')).toBe('no-store')
    const { posts }: PolicyReply = await reply.json()
    const [post] = posts
    if (post === undefined) throw new Error('the reply holds no form')
    const form = new FormData()
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value)
    form.append('file', PHOTO)
    expect((await fetch(post.url, { method: 'POST', body: form })).status).toBe(204)

    const client = createCosClient({ bucket, region, endpoint: post.url, credentials: { secretId, secretKey } })
    const key = post.fields['key'] ?? ''
    expect(key).toMatch(/^uploads\/ada\/.*\.jpg$/)
    expect(await client.headObject(key)).toMatchObject({ size: PHOTO.size, contentType: 'image/jpeg' })
  })

  it('refuses with the handler’s own status, code and sentence', async () => {
    const stranger = await ask(policyRequest([{ name: 'a.jpg', type: '', size: 1 }], { Authorization: '' }))
    expect([stranger.status, await stranger.json()]).toEqual([
      403,
      { error: { code: 'not-authorized', message: 'You may not upload here. Sign in, or ask the owner of this page.' } },
    ])
    const large = await ask(policyRequest([{ name: 'a.jpg', type: '', size: 11 * 1024 ** 2 }]))
    expect([large.status, await large.json()]).toMatchObject([400, { error: { code: 'file-too-large', index: 0 } }])
    const program = await ask(policyRequest([{ name: 'a.exe', type: '', size: 1 }]))
    expect([program.status, await program.json()]).toMatchObject([400, { error: { code: 'file-invalid-type' } }])
  })

  it('tells the limits before a file is chosen', async () => {
    const reply = await ask({ method: 'GET' })
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ limits: { accept: 'image/*,.pdf', maxSize: 10 * 1024 ** 2 } })
  })

  it('admits the listed pages of other origins, and no others', async () => {
    const preflight = (origin: string): Promise<Response> =>
      ask({
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
      })
    const listed = await preflight('https://app.example.com')
    expect([listed.status, listed.headers.get('Access-Control-Allow-Origin')]).toEqual([204, 'https://app.example.com'])
    const other = await preflight('https://evil.example')
    expect([other.status, other.headers.get('Access-Control-Allow-Origin')]).toEqual([403, null])
  })
}
