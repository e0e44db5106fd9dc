import { HEADERS_TO_EXPOSE } from '@cosdrop/protocol'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { captured, type CapturedRun } from '../testing/captured-run.ts'
import { localBucket, type LocalBucket } from '../testing/local-bucket.ts'
import { deserted, listeningOn, type LocalServer } from '../testing/local-server.ts'

const PAGE = 'https://app.example.com'
const OTHER_RULE = {
  id: 'others',
  allowedOrigins: ['https://other.example'],
  allowedMethods: ['GET'],
  allowedHeaders: [],
  exposeHeaders: ['ETag'],
} as const
const OWN_RULE = { ...OTHER_RULE, id: 'app', allowedOrigins: ['https://*.example.com'], allowedMethods: ['POST'], maxAgeSeconds: 60 } as const

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close()
})

async function bucket(changes: Parameters<typeof localBucket>[0] = {}): Promise<LocalBucket> {
  const local = await localBucket(changes)
  opened.push(local.cos)
  return local
}

async function landing(headers: Readonly<Record<string, string>>): Promise<LocalServer> {
  const server = await listeningOn(createServer((_request, response) => response.writeHead(200, headers).end()))
  opened.push(server)
  return server
}

function doctor(local: LocalBucket, args: readonly string[] = [], env: Readonly<Record<string, string>> = local.env): Promise<CapturedRun> {
  return captured(['doctor', ...local.options, '--origin', PAGE, ...args], { env })
}

/** Takes out what differs from run to run. */
function settled(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'ID')
    .replaceAll(/[A-Za-z\d]{30,}/g, (word) => (/\d/.test(word) && word.startsWith('N') ? 'REQUEST' : word))
}

/** Without the line breaks that a terminal's width asks for. */
function flat(text: string): string {
  return text.replaceAll(/\n {6,}/g, ' ')
}

/** Every version of every object, delete markers included. */
function leftIn({ cos, name }: LocalBucket): readonly string[] {
  return cos.emulator.service.storage.keysOf(name)
}

describe('cosdrop doctor', () => {
  it('is not content with a server that answers everything with a page', async () => {
    const page = await landing({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Expose-Headers': HEADERS_TO_EXPOSE.join(),
    })
    opened.push(page)
    const local = await bucket()
    const run = await captured(['doctor', '--bucket', local.name, '--region', 'ap-guangzhou', '--endpoint', page.url, '--origin', PAGE], {
      env: local.env,
    })
    expect([run.exit, flat(run.stdout)]).toMatchObject([
      1,
      expect.stringContaining("Test upload  refused. Something answered 200 that is not COS's."),
    ])
  })

  it('finds nothing missing where a domain in front of the bucket exposes all headers by a star', async () => {
    const local = await bucket()
    const starred: typeof fetch = async (input, init) => {
      const { status, headers, body } = await fetch(input, init)
      const star = new Headers(headers)
      star.set('Access-Control-Expose-Headers', '*')
      return new Response(body, { status, headers: star })
    }
    const run = await captured(['doctor', ...local.options, '--origin', PAGE], { env: local.env, fetch: starred })
    expect([run.exit, run.stdout]).toEqual([0, expect.stringContaining('the page can read all that the library looks at')])
  })

  it('says so when browsers are told to forget the answer to a preflight at once', async () => {
    const run = await doctor(await bucket({ cors: [{ ...OWN_RULE, maxAgeSeconds: 0 }] }), [], {})
    expect(flat(run.stdout)).toContain('browsers ask again before nearly every file, for the rule has no MaxAgeSeconds above 0')
  })

  it('signs with credentials from a file with Windows line ends', async () => {
    const local = await bucket({ cors: [OWN_RULE] })
    const env = Object.fromEntries(Object.entries(local.env).map(([name, value]) => [name, `${value}\r`]))
    expect((await doctor(local, [], env)).stdout).toContain('stored')
  })

  it('prescribes no rule where none would help: a bucket that is frozen', async () => {
    const run = await doctor(await bucket({ frozen: true }))
    expect([run.exit, flat(run.stdout)]).toMatchObject([1, expect.stringContaining('COS answered 451 UnavailableForLegalReasons')])
    expect(run.stdout).not.toContain('AllowedOrigin')
  })

  it('finds nothing wrong with a bucket that is set up, and leaves nothing in it', async () => {
    const local = await bucket()
    const run = await doctor(local)
    expect([run.exit, run.stderr, leftIn(local)]).toEqual([0, '', []])
    expect(settled(run.stdout)).toBe(`  Bucket       examplebucket-1250000000 (ap-guangzhou)
  Address      http://HOST/examplebucket-1250000000/
  Page         https://app.example.com

✓ Preflight    pages of this origin may upload; browsers keep the answer for 10 minutes
✓ CORS rule    rule 1 of 1 answers this page
✓ Test upload  stored, its CRC-64 verified, and removed again
✓ Headers      the page can read all that the library looks at
– Redirect     not tried: name a landing page with --redirect

Uploads from this page will work.
`)
  })

  it('says it in Chinese', async () => {
    const run = await doctor(await bucket(), ['--lang', 'zh-CN'])
    expect(settled(run.stdout)).toBe(`  存储桶    examplebucket-1250000000 (ap-guangzhou)
  地址      http://HOST/examplebucket-1250000000/
  页面      https://app.example.com

✓ 预检请求  该来源的页面可以上传；浏览器会缓存此结果 10 分钟
✓ 跨域规则  第 1 条规则（共 1 条）对此页面生效
✓ 试传      已存储，CRC-64 校验一致，并已删除
✓ 响应头    页面可以读取组件需要的全部响应头
– 重定向    未测试：可用 --redirect 指定落地页

此页面可以正常上传。
`)
  })

  it('removes the version that its test made, not just the latest look of it', async () => {
    const local = await bucket({ versioning: 'enabled' })
    expect((await doctor(local)).exit).toBe(0)
    expect(leftIn(local)).toEqual([])
  })

  it('removes its test also when it is stopped in the middle', async () => {
    const local = await bucket()
    const stop = new AbortController()
    const stopping: typeof fetch = async (input, init) => {
      const reply = await fetch(input, init)
      if (init?.method === 'POST') queueMicrotask(() => stop.abort())
      return new Response(null, { status: reply.status, headers: reply.headers })
    }
    const run = await captured(['doctor', ...local.options, '--origin', PAGE, '--redirect', PAGE], {
      env: local.env,
      fetch: stopping,
      signal: stop.signal,
    })
    expect([run.exit, run.stderr, leftIn(local)]).toEqual([1, '✗ Canceled.\n', []])
  })

  it('ends also when it is stopped while a landing page lets it wait', async () => {
    const local = await bucket()
    const stop = new AbortController()
    const silent: typeof fetch = async (input, init) => {
      if (!new Request(input, init).url.startsWith(PAGE)) return fetch(input, init)
      stop.abort()
      throw stop.signal.reason
    }
    const run = await captured(['doctor', ...local.options, '--origin', PAGE, '--redirect', `${PAGE}/done`], {
      env: local.env,
      fetch: silent,
      signal: stop.signal,
    })
    expect([run.exit, run.stdout, run.stderr, leftIn(local)]).toEqual([1, '', '✗ Canceled.\n', []])
  })

  it('prints the rule to paste when the bucket has none', async () => {
    const run = await doctor(await bucket({ cors: [] }))
    expect(run.exit).toBe(1)
    expect(run.stdout).toContain('✗ CORS rule    the bucket has no CORS rules')
    expect(flat(run.stdout)).toContain('No CORS rule of the bucket admits this page.')
    expect(run.stdout).toContain('"AllowedOrigin": [')
    expect(run.stdout).toContain(`    <AllowedOrigin>${PAGE}</AllowedOrigin>`)
    for (const header of HEADERS_TO_EXPOSE) expect(run.stdout).toContain(`<ExposeHeader>${header}</ExposeHeader>`)
    expect(run.stdout).toContain('--apply')
  })

  it('does not count as an answer what the rules say of other pages', async () => {
    const run = await doctor(await bucket({ cors: [OTHER_RULE] }))
    expect([run.exit, run.stdout]).toEqual([1, expect.stringContaining('✗ CORS rule    the only rule does not answer this page')])
  })

  it('names the headers that the matching rule does not expose', async () => {
    const run = await doctor(await bucket({ cors: [OTHER_RULE, OWN_RULE] }))
    expect(run.exit).toBe(1)
    expect(run.stdout).toContain('✓ CORS rule    rule 2 of 2, "app", answers this page')
    expect(flat(run.stdout)).toContain(`✗ Headers      the page cannot read ${HEADERS_TO_EXPOSE.filter((name) => name !== 'ETag').join(', ')}`)
  })

  it('is not content where the page can read all but one', async () => {
    const [header, ...others] = HEADERS_TO_EXPOSE
    const run = await doctor(await bucket({ cors: [{ ...OWN_RULE, exposeHeaders: others }] }))
    expect([run.exit, run.stdout]).toEqual([1, expect.stringContaining(`✗ Headers      the page cannot read ${header}\n`)])
  })

  it('writes what is missing, keeps every other rule, shows the difference, and is content afterwards', async () => {
    const local = await bucket({ cors: [OTHER_RULE, OWN_RULE] })
    const run = await doctor(local, ['--apply'])
    expect([run.exit, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toContain('What changes:\n  rule 2\n  + ExposeHeader Location\n')
    expect(run.stdout).toContain('Written, and looked at again:')
    expect(run.stdout.trimEnd()).toMatch(/Uploads from this page will work\.$/)
    const rules = local.cos.emulator.service.buckets.get(local.name)?.cors
    expect(rules).toEqual([OTHER_RULE, { ...OWN_RULE, exposeHeaders: ['ETag', ...HEADERS_TO_EXPOSE.filter((name) => name !== 'ETag')] }])
    expect((await doctor(local, ['--apply'])).stdout).not.toContain('What changes')
  })

  it('adds a rule behind the others when none answers the page', async () => {
    const local = await bucket({ cors: [OTHER_RULE] })
    const run = await doctor(local, ['--apply', '--json'])
    expect(run.exit).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      applied: true,
      repair: 'none',
      before: { ok: false, repair: 'add' },
      rules: { count: 2, matched: 2 },
    })
    expect(local.cos.emulator.service.buckets.get(local.name)?.cors).toMatchObject([OTHER_RULE, { allowedOrigins: [PAGE], allowedMethods: ['POST'] }])
  })

  it('follows a redirect and says who can read where it ends', async () => {
    const local = await bucket()
    const open = await landing({ 'Access-Control-Allow-Origin': '*' })
    const closed = await landing({})
    const readers = async (origin: string, redirect: string): Promise<unknown> => {
      const run = await captured(['doctor', ...local.options, '--origin', origin, '--redirect', redirect, '--json'], { env: local.env })
      return { exit: run.exit, ...JSON.parse(run.stdout).redirect }
    }
    expect(await readers(PAGE, `${open.url}/done?from=app`)).toMatchObject({
      exit: 0,
      outcome: 'redirected',
      complete: true,
      landingStatus: 200,
      readers: ['xhr', 'page'],
      removed: true,
    })
    expect(await readers(PAGE, `${closed.url}/done`)).toMatchObject({ readers: ['page'] })
    expect(await readers(closed.url, `${closed.url}/done`)).toMatchObject({ readers: ['frame', 'page'] })
    expect(await readers(PAGE, 'http://127.0.0.1:1/')).toMatchObject({ outcome: 'redirected', landingStatus: null, readers: ['page'] })
  })

  it.each([
    ['that answers no preflight', { OPTIONS: [404, { 'Access-Control-Allow-Origin': 'null' }] }],
    ['whose preflight admits nobody', { OPTIONS: [200, {}] }],
    ['whose answer admits nobody', { GET: [200, {}] }],
  ] as const)('does not promise that a request can read a landing page %s', async (_what, changes) => {
    const local = await bucket()
    const open = [200, { 'Access-Control-Allow-Origin': 'null' }] as const
    const answers: Readonly<Record<string, readonly [number, Readonly<Record<string, string>>]>> = { OPTIONS: open, GET: open, ...changes }
    const page = await listeningOn(createServer(({ method = '' }, response) => response.writeHead(...answers[method]!).end()))
    opened.push(page)
    const run = await doctor(local, ['--redirect', `${page.url}/done`, '--json'])
    expect(JSON.parse(run.stdout).redirect).toMatchObject({ landingStatus: 200, readers: ['page'] })
  })

  it('asks less without credentials, and says what it left out', async () => {
    const run = await doctor(await bucket({ cors: [] }), ['--redirect', PAGE], {})
    expect(run.exit).toBe(1)
    expect(run.stdout).toContain('– Test upload  not tried: set COS_SECRET_ID and COS_SECRET_KEY')
    expect(run.stdout).toContain('– Redirect     not tried: set COS_SECRET_ID and COS_SECRET_KEY')
    expect(run.stdout).toContain('This rule is needed, before any other that names the same origin')
    expect(run.stdout).not.toContain('--apply')
  })

  it('does not promise without credentials that uploads work: a preflight does not tell', async () => {
    const run = await doctor(await bucket(), [], {})
    expect(run.exit).toBe(0)
    expect(run.stdout).toContain('was not tried')
    expect(run.stdout).not.toContain('will work')
    expect(run.stdout).not.toContain('This rule is needed')
  })

  it('prescribes the rule without credentials also where the page may upload, but not read what it has to', async () => {
    const run = await doctor(await bucket({ cors: [OWN_RULE] }), [], {})
    expect([run.exit, run.stdout]).toEqual([1, expect.stringContaining('This rule is needed')])
  })

  it.each([
    ['another SecretKey', { COS_SECRET_KEY: 'another-secret-key-thirty-two-ch' }, 'The SecretKey does not belong to the SecretId.'],
    ['a SecretId that COS does not know', { COS_SECRET_ID: 'AKIDnobody' }, 'COS does not know the SecretId.'],
  ])('explains %s', async (_what, wrong, sentence) => {
    const local = await bucket()
    const run = await doctor(local, [], { ...local.env, ...wrong })
    expect(run.exit).toBe(1)
    expect(flat(run.stdout)).toContain(sentence)
    expect(run.stdout + run.stderr).not.toContain('another-secret-key-thirty-two-ch')
  })

  it('does not replace rules that it could not read', async () => {
    const local = await bucket({ cors: [OTHER_RULE] })
    const run = await doctor(local, ['--apply'], { ...local.env, COS_SECRET_KEY: 'another-secret-key-thirty-two-ch' })
    expect(run.exit).toBe(1)
    expect(run.stderr).toContain('The rules could not be written.')
    expect(local.cos.emulator.service.buckets.get(local.name)?.cors).toEqual([OTHER_RULE])
  })

  it('tells a bucket that does not exist from one that does not answer', async () => {
    const local = await bucket()
    const wrong = local.options.map((word) => word.replace('examplebucket', 'nosuchbucket'))
    const missing = await captured(['doctor', ...wrong, '--origin', PAGE], { env: local.env })
    expect([missing.exit, flat(missing.stdout)]).toMatchObject([1, expect.stringContaining('There is no such bucket in this region.')])
    expect(missing.stdout).not.toMatch(/This rule is needed|The rules of the bucket are right/)
    const silent = await captured(['doctor', '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', await deserted(), '--origin', PAGE])
    expect([silent.exit, silent.stderr]).toMatchObject([1, expect.stringMatching(/127\.0\.0\.1:\d+ did not answer \(ECONNREFUSED\)/)])
  })

  it.each(['en', 'zh-CN'])('says that a certificate is not trusted, in place of looking for a mistake in the address (%s)', async (lang) => {
    const untrusting: typeof fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('self-signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }) }))
    const run = await captured(['doctor', '--bucket', 'a-1', '--region', 'ap-guangzhou', '--origin', PAGE, '--lang', lang], { fetch: untrusting })
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringMatching(/SELF_SIGNED_CERT_IN_CHAIN.*NODE_EXTRA_CA_CERTS/)])
    expect(run.stderr).not.toMatch(/did not answer|没有响应/)
  })

  // What a peer, and what OpenSSL here, says of a record that was damaged.
  it.each(['ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'])(
    'says that a connection broke, of which much may have been sent, where what went over it was damaged (%s)',
    async (code) => {
      const damaged: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('bad record'), { code }) }))
      const run = await captured(['doctor', '--bucket', 'a-1', '--region', 'ap-guangzhou', '--origin', PAGE], { fetch: damaged })
      expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining(`broke the connection (${code})`)])
    },
  )

  it('does not take another web server for a bucket', async () => {
    const server = await landing({})
    const run = await captured(['doctor', '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', server.url, '--origin', PAGE])
    expect(run.exit).toBe(1)
    expect(run.stdout).toContain('the answer is meant for nobody')
  })

  it.each([{}, { COS_SECRET_ID: 'AKIDa', COS_SECRET_KEY: 'a' }])(
    'sends nobody to the CORS rules of a bucket that it never reached (%j)',
    async (env) => {
      const proxy: typeof fetch = () => Promise.resolve(new Response('<html>', { status: 404 }))
      const run = await captured(['doctor', '--bucket', 'a-1', '--region', 'ap-guangzhou', '--origin', PAGE], { env, fetch: proxy })
      expect([run.exit, flat(run.stdout)]).toMatchObject([1, expect.stringContaining("Something answered 404 that is not COS's.")])
      expect(run.stdout).not.toContain('This rule is needed')
    },
  )

  it('notices a bucket that refuses empty fields', async () => {
    const local = await bucket()
    const picky: typeof fetch = async (input, init) => {
      if (init?.body instanceof Uint8Array && Buffer.from(init.body).includes('\r\n\r\n\r\n--')) {
        return new Response('<Error><Code>InvalidArgument</Code><Message>empty</Message></Error>', { status: 400 })
      }
      return fetch(input, init)
    }
    const run = await captured(['doctor', ...local.options, '--origin', PAGE], { env: local.env, fetch: picky })
    expect(run.stdout).toContain('set blankPins: false in the policy endpoint')
    expect(run.exit).toBe(0)
  })

  it('is not content where something on the way refuses preflights, though the answers themselves may be read', async () => {
    const local = await bucket()
    const firewall: typeof fetch = async (input, init) => (init?.method === 'OPTIONS' ? new Response('<html>', { status: 403 }) : fetch(input, init))
    const run = await captured(['doctor', ...local.options, '--origin', PAGE], { env: local.env, fetch: firewall })
    expect([run.exit, run.stdout]).toMatchObject([1, expect.stringContaining('the page can read all')])
  })

  it('notices when something on the way drops the headers that the rules expose', async () => {
    const local = await bucket()
    const proxy: typeof fetch = async (input, init) => {
      const reply = await fetch(input, init)
      const headers = new Headers(reply.headers)
      headers.delete('Access-Control-Expose-Headers')
      return new Response(reply.body, { status: reply.status, headers })
    }
    const run = await captured(['doctor', ...local.options, '--origin', PAGE], { env: local.env, fetch: proxy })
    expect(run.exit).toBe(1)
    expect(run.stdout).toContain('something between it and here')
  })

  it('takes the origin of a page’s whole address', async () => {
    const run = await captured(['doctor', ...(await bucket()).options, '--origin', 'https://app.example.com/album?x=1', '--json'])
    expect(JSON.parse(run.stdout)).toMatchObject({ origin: PAGE })
  })
})
