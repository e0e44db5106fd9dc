import type { BucketConfig } from '@cosdrop/emulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { captured, type CapturedRun } from '../testing/captured-run.ts'
import { localBucket, type LocalBucket } from '../testing/local-bucket.ts'

async function bucket(versioning: BucketConfig['versioning']): Promise<LocalBucket> {
  const local = await localBucket({ versioning })
  onTestFinished(() => local.cos.close())
  return local
}

function doctor(local: LocalBucket, asked: typeof fetch): Promise<CapturedRun> {
  return captured(['doctor', ...local.options, '--origin', 'https://app.example.com'], { env: local.env, fetch: asked })
}

/** The connection breaks behind the headers of an answer. */
function losing(method: string): typeof fetch {
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
  const broken = (): ReadableStream => new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated', { cause })) })
  return async (input, init) => {
    const { status, headers } = await fetch(input, init)
    return init?.method === method ? new Response(broken(), { status: 200, headers }) : new Response(null, { status, headers })
  }
}

describe('cosdrop doctor, on a network that breaks', () => {
  it.each(['off', 'enabled', 'suspended'] as const)('removes its test also when the answer to it is lost (versioning %s)', async (versioning) => {
    const local = await bucket(versioning)
    const run = await doctor(local, losing('POST'))
    expect([run.exit, run.stdout, local.cos.emulator.service.storage.keysOf(local.name)]).toEqual([1, '', []])
  })

  it('leaves no trace of a test that never came to the bucket', async () => {
    const local = await bucket('enabled')
    const unsent: typeof fetch = async (input, init) => (init?.method === 'POST' ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init))
    const run = await doctor(local, unsent)
    expect([run.exit, local.cos.emulator.service.storage.keysOf(local.name)]).toEqual([1, []])
  })

  it.each([502, 504])('removes its test also when a gateway answers in the place of storage, which has it (%d)', async (status) => {
    const local = await bucket('enabled')
    const answered: typeof fetch = async (input, init) => {
      const reply = await fetch(input, init)
      return init?.method === 'POST' ? new Response('<html></html>', { status }) : reply
    }
    const run = await doctor(local, answered)
    expect([run.exit, local.cos.emulator.service.storage.keysOf(local.name)]).toEqual([1, []])
  })

  it('leaves nothing in a bucket whose versioning is suspended', async () => {
    const local = await bucket('suspended')
    const run = await doctor(local, fetch)
    expect([run.exit, local.cos.emulator.service.storage.keysOf(local.name)]).toEqual([0, []])
  })

  it('names the object that it may have left where neither its answer nor its removal got through', async () => {
    const lost = losing('POST')
    const gone: typeof fetch = async (input, init) => (init?.method === 'HEAD' ? Promise.reject(new TypeError('fetch failed')) : lost(input, init))
    const local = await bucket('off')
    const run = await doctor(local, gone)
    const [left] = local.cos.emulator.service.storage.keysOf(local.name)
    expect([run.exit, run.stderr]).toEqual([1, expect.stringMatching(`did not answer .UND_ERR_SOCKET.*${left}`)])
  })

  it.each(['OPTIONS', 'GET', 'POST'])('says who did not answer when the connection breaks in the middle of an answer (%s)', async (method) => {
    const local = await bucket('off')
    const run = await doctor(local, losing(method))
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringMatching(/127\.0\.0\.1:\d+ did not answer \(UND_ERR_SOCKET\)/)])
  })
})
