import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPolicyHandler } from '../handler/policy-handler.ts'
import type { Handler } from '../handler/serve.ts'
import { firstFields, photo } from '../testing/ask-handler.ts'
import { account, ask as askForPolicy, bucket, demoOptions, NOON } from '../testing/demo.ts'
import { createStsDouble } from '../testing/sts-double.ts'
import { cachedCredentials } from './cached-credentials.ts'
import { leastPrivilege } from './least-privilege.ts'
import { signTencentApi } from './sign-tencent-api.ts'
import { stsCredentials, type StsCall, type StsCredentialsOptions } from './sts-credentials.ts'

describe('the signature of a call to Tencent Cloud', () => {
  it('is the one of the documentation’s example', () => {
    // https://cloud.tencent.com/document/api/213/15693, "Signature v1": DescribeInstances.
    const parameters = {
      Version: '2017-03-12',
      Action: 'DescribeInstances',
      'InstanceIds.0': 'ins-09dx96dg',
      Limit: '20',
      Nonce: '11886',
      Offset: '0',
      Region: 'ap-guangzhou',
      SecretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      Timestamp: '1465185768',
    }
    expect(signTencentApi('GET', 'cvm.tencentcloudapi.com', parameters, 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE')).toBe('EliP9YW3pW28FpsEdkXt/+WcGeI=')
  })
})

describe('the least privilege', () => {
  it('is to post below one prefix of one bucket', () => {
    expect(leastPrivilege({ bucket: 'examplebucket-1250000000', region: 'ap-guangzhou', prefix: 'uploads/' })).toEqual({
      version: '2.0',
      statement: [
        {
          effect: 'allow',
          action: ['name/cos:PostObject'],
          resource: ['qcs::cos:ap-guangzhou:uid/1250000000:examplebucket-1250000000/uploads/*'],
        },
      ],
    })
  })

  it('grows by what is asked for, and by nothing else', () => {
    const policy = leastPrivilege({ bucket: 'b-1', region: 'ap-beijing', prefix: '', read: true, remove: true, encryption: true })
    expect(policy.statement.map(({ action }) => action)).toEqual([
      ['name/cos:PostObject', 'name/cos:HeadObject', 'name/cos:GetObject', 'name/cos:DeleteObject'],
      ['name/cos:GetBucketEncryption'],
    ])
  })

  it.each([{ prefix: '*' }, { bucket: 'nameless' }, { bucket: '*-1250000000' }, { region: '*' }])('refuses what would mean more: %o', (change) => {
    const options = { bucket: 'b-1', region: 'ap-beijing', prefix: 'uploads/', ...change }
    expect(() => leastPrivilege(options)).toThrow(expect.objectContaining({ code: 'rules-invalid' }))
  })
})

describe('temporary credentials from STS', () => {
  const policy = leastPrivilege({ bucket: 'examplebucket-1250000000', region: 'ap-guangzhou', prefix: 'uploads/照片/' })

  function setUp(change: Partial<StsCredentialsOptions> = {}): {
    readonly sts: ReturnType<typeof createStsDouble>
    readonly credentials: ReturnType<typeof stsCredentials>
    readonly errors: unknown[]
    readonly pass: (seconds: number) => void
  } {
    let time = NOON
    const errors: unknown[] = []
    const sts = createStsDouble(account, () => time)
    const credentials = stsCredentials({
      ...account,
      region: 'ap-guangzhou',
      policy,
      fetch: sts.fetch,
      now: () => time,
      onError: (error) => errors.push(error),
      ...change,
    })
    return { sts, credentials, errors, pass: (seconds) => void (time += seconds * 1000) }
  }

  it('are asked for with a signature that STS accepts, and with the policy', async () => {
    const { sts, credentials } = setUp()
    expect(await credentials()).toEqual({
      secretId: 'AKIDtemporary1',
      secretKey: 'temporary-secret-key-1',
      token: 'token-1',
      expiresAt: NOON + 7200_000,
    })
    const { Policy = '', ...parameters } = sts.calls[0]!.parameters
    expect(JSON.parse(decodeURIComponent(Policy))).toEqual(policy)
    expect(parameters).toMatchObject({
      Action: 'GetFederationToken',
      Name: 'cosdrop',
      DurationSeconds: '7200',
      Version: '2018-08-13',
      Region: 'ap-guangzhou',
    })
  })

  it('come by AssumeRole as well', async () => {
    const call = { action: 'AssumeRole', roleArn: 'qcs::cam::uin/1:roleName/uploader', externalId: 'x' } as const
    const { sts, credentials } = setUp({ call })
    await credentials()
    expect(sts.calls[0]!.parameters).toMatchObject({ Action: 'AssumeRole', RoleArn: call.roleArn, RoleSessionName: 'cosdrop', ExternalId: 'x' })
  })

  it('are asked for under the name that the app gives, and with no id that it does not give', async () => {
    const asked = async (call: StsCall): Promise<Readonly<Record<string, string>>> => {
      const { sts, credentials } = setUp({ call })
      await credentials()
      return sts.calls[0]!.parameters
    }
    expect(await asked({ action: 'GetFederationToken', name: 'shop' })).toMatchObject({ Name: 'shop' })
    const role = await asked({ action: 'AssumeRole', roleArn: 'qcs::cam::uin/1:roleName/uploader', sessionName: 'shop' })
    expect(role).toMatchObject({ RoleSessionName: 'shop' })
    expect(role).not.toHaveProperty('ExternalId')
  })

  it('are asked for by the platform’s fetch where the app has none of its own', async () => {
    const { sts, credentials } = setUp({ fetch: undefined! })
    vi.stubGlobal('fetch', sts.fetch)
    onTestFinished(() => void vi.unstubAllGlobals())
    expect(await credentials()).toMatchObject({ token: 'token-1' })
  })

  it('are asked for with keys from a file with Windows line ends', async () => {
    const { credentials } = setUp({ secretId: `${account.secretId}\r`, secretKey: `${account.secretKey}\r` })
    expect(await credentials()).toMatchObject({ token: 'token-1' })
  })

  it.each(['secretId', 'secretKey'] as const)(
    'are not waited for when the %s of the environment is missing: the server says so as it starts',
    (name) => {
      expect(() => setUp({ [name]: undefined })).toThrow(expect.objectContaining({ code: 'credentials-unavailable' }))
    },
  )

  it('are not given for another key', async () => {
    const { credentials } = setUp({ secretKey: 'another key of the right length' })
    await expect(credentials()).rejects.toMatchObject({
      code: 'service',
      details: { serviceCode: 'AuthFailure.SignatureFailure', requestId: 'request-1' },
    })
  })

  it('are fetched once for all who wait, kept, and renewed before they end', async () => {
    const { sts, credentials, pass } = setUp()
    await Promise.all(Array.from({ length: 50 }, () => credentials()))
    pass(5900)
    await credentials()
    expect(sts.calls).toHaveLength(1)
    pass(200)
    const renewed = await Promise.all(Array.from({ length: 50 }, () => credentials()))
    expect(sts.calls).toHaveLength(2)
    expect(new Set(renewed.map(({ token }) => token))).toEqual(new Set(['token-2']))
  })

  it('serve on while STS is away, until they end; the operator is told', async () => {
    const { sts, credentials, errors, pass } = setUp()
    await credentials()
    sts.fail('network')
    pass(6100)
    expect(await credentials()).toMatchObject({ token: 'token-1' })
    expect(await credentials()).toMatchObject({ token: 'token-1' })
    expect(errors).toEqual([expect.objectContaining({ code: 'unreachable' })])
    expect(sts.calls).toHaveLength(2)
    pass(1100)
    await expect(credentials()).rejects.toMatchObject({ code: 'unreachable' })
    sts.fail(null)
    expect(await credentials()).toMatchObject({ token: 'token-4' })
  })

  it.each([
    ['html', 'reply-malformed'],
    [{ code: 'UnauthorizedOperation', message: 'You are not authorized.' }, 'service'],
  ] as const)('are missed with a reason: %o', async (failure, code) => {
    const { sts, credentials } = setUp()
    sts.fail(failure)
    await expect(credentials()).rejects.toMatchObject({ code })
  })
})

describe('half an answer of STS', () => {
  const whole = { TmpSecretId: 'AKIDtemporary', TmpSecretKey: 'a-key', Token: 'a-token' }

  it.each<[string, unknown]>([
    ['no credentials', { ExpiredTime: NOON / 1000 }],
    ['no end', { Credentials: whole }],
    ['no SecretId', { Credentials: { ...whole, TmpSecretId: undefined }, ExpiredTime: NOON / 1000 }],
    ['no SecretKey', { Credentials: { ...whole, TmpSecretKey: undefined }, ExpiredTime: NOON / 1000 }],
    ['no token', { Credentials: { ...whole, Token: undefined }, ExpiredTime: NOON / 1000 }],
  ])('is told as such, and signs no form that COS would refuse: %s', async (_what, answer) => {
    const credentials = stsCredentials({
      ...account,
      region: 'ap-guangzhou',
      policy: leastPrivilege({ ...bucket, prefix: '' }),
      fetch: async () => Response.json({ Response: answer }),
    })
    await expect(credentials()).rejects.toMatchObject({ code: 'reply-malformed' })
  })

  it('that broke off on its way is no answer', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) })
    const credentials = stsCredentials({
      ...account,
      region: 'ap-guangzhou',
      policy: leastPrivilege({ ...bucket, prefix: '' }),
      fetch: async () => new Response(broken),
    })
    await expect(credentials()).rejects.toMatchObject({ code: 'unreachable', cause: { message: 'terminated' } })
  })
})

describe('a function of the app’s own that gives credentials', () => {
  const ask = async (handler: Handler): Promise<Response> => handler(askForPolicy({ files: [{ name: 'a.png', type: 'image/png', size: 1 }] }))

  it('and never ends holds no request for ever', async () => {
    vi.useFakeTimers()
    try {
      const onError = vi.fn<(error: unknown) => void>()
      const asked = ask(createPolicyHandler({ ...demoOptions, credentials: () => new Promise<never>(() => {}), onError }))
      await vi.advanceTimersByTimeAsync(12_000)
      expect((await asked).status).toBe(503)
      expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining('none within 12 seconds') }))
    } finally {
      vi.useRealTimers()
    }
  })

  it.each(['secretId', 'secretKey'])('and gives one without its %s lets no form be signed that COS would refuse', async (name) => {
    const reply = await ask(createPolicyHandler({ ...demoOptions, credentials: () => ({ ...account, [name]: undefined }) }))
    expect([reply.status, (await reply.json()).error.code]).toEqual([503, 'credentials-unavailable'])
  })

  it('leaves no timer behind that would hold the process', async () => {
    vi.useFakeTimers()
    try {
      expect((await ask(createPolicyHandler({ ...demoOptions, credentials: () => account }))).status).toBe(200)
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

it.each(['secretId', 'secretKey'])('credentials of an environment without a %s are missed as the server starts', (name) => {
  const credentials = { ...account, [name]: undefined }
  expect(() => createPolicyHandler({ ...demoOptions, credentials })).toThrow(expect.objectContaining({ code: 'credentials-unavailable' }))
})

it.each(['secretId', 'secretKey', 'token'])(
  'a %s from a file with Windows line ends signs as it should, given as it is or by a function',
  async (name) => {
    const plain = { ...account, token: 'a-token' }
    const windows = { ...plain, [name]: `${new Map(Object.entries(plain)).get(name)}\r` }
    const posts = [plain, windows, () => windows].map((credentials) =>
      firstFields(createPolicyHandler({ ...demoOptions, credentials, key: () => 'a' }), { files: [photo] }),
    )
    const [expected, ...seen] = await Promise.all(posts)
    expect(seen).toEqual([expected, expected])
  },
)

describe('cached credentials', () => {
  it('come to all others where a page left while its request fetched them, though Cloudflare Workers then end the fetch and its timers', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let fetched = 0
    const credentials = cachedCredentials(async () => (fetched++ === 0 ? new Promise<never>(() => {}) : account))
    const handler = createPolicyHandler({ ...demoOptions, now: undefined, credentials, receiptSecret: 'a receipt secret of thirty-two ch' })
    const ask = (): Promise<Response> => handler(askForPolicy({ files: [photo] }))
    void ask()
    await vi.advanceTimersByTimeAsync(100)
    vi.clearAllTimers()
    const others = [ask(), ask()]
    await vi.advanceTimersByTimeAsync(11_000)
    others.push(ask())
    await vi.advanceTimersByTimeAsync(12_000)
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect([fetched, vi.getTimerCount()]).toEqual([2, 0])
  })

  it('tell their source to stop when it takes too long', async () => {
    let waitsOver: () => void = () => {}
    const source = vi.fn<(signal: AbortSignal) => Promise<never>>(() => new Promise(() => {}))
    const credentials = stsCredentials({
      ...account,
      region: 'ap-guangzhou',
      policy: leastPrivilege({ bucket: 'b-1', region: 'ap-guangzhou', prefix: '' }),
      fetch: (_input, init) => source(init!.signal!),
      wait: () => new Promise((resolve) => (waitsOver = resolve)),
    })
    const asked = credentials()
    waitsOver()
    await expect(asked).rejects.toMatchObject({ code: 'credentials-unavailable', message: expect.stringContaining('for 10 seconds') })
    expect(source.mock.lastCall?.[0].aborted).toBe(true)
  })

  it('that never end are fetched once', async () => {
    let fetched = 0
    const credentials = cachedCredentials(async () => ({ ...account, token: String(fetched++) }))
    await credentials()
    await credentials()
    expect(fetched).toBe(1)
  })

  it('that live no longer than the time before their end at which new ones are fetched do not cost each request a call', async () => {
    let time = NOON
    let fetched = 0
    const credentials = cachedCredentials(async () => ({ ...account, token: String(fetched++), expiresAt: time + 900_000 }), { now: () => time })
    for (const seconds of [0, 1, 8]) {
      time += seconds * 1000
      expect(await credentials()).toMatchObject({ token: '0' })
    }
    time += 2000
    expect(await credentials()).toMatchObject({ token: '1' })
  })

  it('serve on while a renewal gets no answer at all, and are asked for again', async () => {
    let time = NOON
    let answers = true
    let waitsOver: () => void = () => {}
    const errors: unknown[] = []
    const credentials = cachedCredentials(
      async () => (answers ? { ...account, token: String(time), expiresAt: time + 7200_000 } : new Promise<never>(() => {})),
      { now: () => time, wait: () => new Promise((resolve) => (waitsOver = resolve)), onError: (error) => errors.push(error) },
    )
    const first = await credentials()
    time += 6100_000
    answers = false
    const asked = credentials()
    waitsOver()
    expect(await asked).toBe(first)
    expect(errors).toEqual([expect.objectContaining({ code: 'credentials-unavailable' })])
    answers = true
    time += 11_000
    expect(await credentials()).toMatchObject({ token: String(time) })
  })
})
