import { createEmulator } from '@cosdrop/emulator'
import { describe, expect, it, vi } from 'vitest'
import { createCosClient } from '../client/cos-client.ts'
import { createConfirmHandler } from '../confirm/confirm-handler.ts'
import { stsCredentials } from '../credentials/sts-credentials.ts'
import { createPostPolicy } from '../policy/post-policy.ts'
import { createStsDouble } from '../testing/sts-double.ts'
import { account, ask, bucket, demoOptions, NOON } from '../testing/demo.ts'
import { createPolicyHandler } from './policy-handler.ts'

const receiptSecret = 'a receipt secret of thirty-two ch'
const SECRETS = [account.secretKey, receiptSecret, 'temporary-secret-key-1', 'the database password', 'the first half']

/** All texts of an error that a log would print. */
function textsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return [error.stack, JSON.stringify(error), JSON.stringify(Object.entries(error)), textsOf(error.cause)].join('\n')
}

const said: string[] = []
function remember(text: string): void {
  said.push(text)
}

async function tell(reply: Response): Promise<void> {
  remember(await reply.clone().text())
  reply.headers.forEach((value, name) => remember(`${name}: ${value}`))
}

async function attempt(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    remember(textsOf(error))
  }
}

describe('secrets', () => {
  it('are in no reply, no error, no log line and no thrown message', async () => {
    const printed = ['log', 'info', 'warn', 'error', 'debug'].map((name) =>
      vi.spyOn(console, name as 'log').mockImplementation((...words) => remember(words.join(' '))),
    )
    const onError = (error: unknown): void => remember(textsOf(error))
    const photo = { name: 'a.png', type: '', size: 1 }
    const options = { ...demoOptions, receiptSecret, onError }
    const sts = createStsDouble(account, () => NOON)
    const temporary = stsCredentials({
      ...account,
      region: 'ap-guangzhou',
      policy: { version: '2.0', statement: [] },
      fetch: sts.fetch,
      now: () => NOON,
    })

    await tell(await createPolicyHandler(options)(ask({ files: [photo] })))
    await tell(await createPolicyHandler({ ...options, credentials: temporary })(ask({ files: [photo] })))
    await tell(await createPolicyHandler(options)(ask('not JSON')))
    await tell(await createPolicyHandler(options)(ask({ files: [{ ...photo, key: 'a', receipt: 'r1.x' }] })))
    const failing = (): never => {
      throw new Error('could not connect with the database password')
    }
    // The app's own error goes to its own log whole; the page is told nothing of it.
    await tell(await createPolicyHandler({ ...options, authorize: failing, onError: () => {} })(ask({ files: [photo] })))
    await tell(await createPolicyHandler({ ...options, key: failing, onError: () => {} })(ask({ files: [photo] })))
    await tell(await createPolicyHandler({ ...options, credentials: failing, onError: () => {} })(ask({ files: [photo] })))

    sts.fail({ code: 'AuthFailure', message: 'refused' })
    const refused = stsCredentials({
      ...account,
      region: 'ap-guangzhou',
      policy: { version: '2.0', statement: [] },
      fetch: sts.fetch,
      now: () => NOON,
    })
    await attempt(refused)
    await tell(await createPolicyHandler({ ...options, credentials: refused })(ask({ files: [photo] })))

    const emulator = createEmulator()
    const client = createCosClient({
      ...bucket,
      credentials: { ...account, secretId: 'AKIDunknown' },
      fetch: (input, init) => emulator.fetch(new Request(input, init)),
    })
    await attempt(() => client.headObject('a'))
    await attempt(() => client.getBucketEncryption())
    const offline = createCosClient({ ...bucket, credentials: account, attempts: 1, fetch: () => Promise.reject(new TypeError('fetch failed')) })
    await attempt(() => offline.headObject('a'))
    const wrapped = createCosClient({
      ...bucket,
      credentials: { ...account, token: 'the first half\nand the second' },
      endpoint: 'http://127.0.0.1:1',
      attempts: 1,
    })
    await attempt(() => wrapped.headObject('a'))
    remember(await createCosClient({ ...bucket, credentials: account }).getObjectUrl('a'))
    await attempt(() => createPostPolicy({ ...bucket, key: '', size: { max: 1 } }).sign(account))
    const confirm = createConfirmHandler({ ...options, onUploaded: failing })
    await tell(await confirm(ask({ receipt: 'r1.x', key: 'a', size: 1 })))

    const everything = said.join('\n')
    expect(said.length).toBeGreaterThan(30)
    for (const secret of SECRETS) expect(everything).not.toContain(secret)
    expect(everything).toContain('q-signature')
    expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([])
    vi.restoreAllMocks()
  })
})
