import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowAnyone, createPolicyHandler, refusal, type PolicyHandlerOptions, type UploadUser } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captured } from '../testing/captured-run.ts'
import { localBucket, type LocalBucket } from '../testing/local-bucket.ts'
import { deserted, listeningOn, type LocalServer } from '../testing/local-server.ts'

const CONTENT = 'hello world!'
let folder: string
let file: string
let local: LocalBucket
const servers: LocalServer[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosdrop-upload-'))
  file = join(folder, 'greeting "1".txt')
  await writeFile(file, CONTENT)
  execFileSync('mkfifo', [join(folder, 'pipe')])
  local = await localBucket({ versioning: 'enabled' })
})
afterAll(async () => {
  for (const server of servers) server.close()
  await local.cos.close()
  await rm(folder, { recursive: true })
})

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = await listeningOn(createServer(handler))
  servers.push(server)
  return server.url
}

function endpoint(options: Partial<PolicyHandlerOptions<UploadUser>>): Promise<string> {
  const handle = toNodeHandler(
    createPolicyHandler({
      bucket: local.name,
      region: 'ap-guangzhou',
      endpoint: local.url,
      credentials: local.credentials,
      authorize: allowAnyone(),
      ...options,
    }),
  )
  return serve((request, response) => void handle(request, response))
}

describe('cosdrop upload', () => {
  // A plain file that opens and cannot be read, as on a drive that was pulled out.
  it.runIf(process.platform === 'linux')('says of a file that cannot be read to its end that it is the file, not storage', async () => {
    const { stderr } = await captured(['upload', '/proc/self/mem', ...local.options], { env: local.env })
    expect(stderr).toContain('"/proc/self/mem" cannot be read (EIO).')
  })

  it('stores a file through a policy endpoint, without credentials, and proves its bytes', async () => {
    const policy = await endpoint({
      authorize: (request) => (request.headers.get('Authorization') === 'Bearer x=y' ? { id: 'x' } : null),
      key: () => 'from/endpoint.txt',
    })
    const run = await captured(['upload', file, '--policy', policy, '--header', 'Authorization=Bearer x=y'])
    expect([run.exit, run.stderr]).toEqual([0, ''])
    const head = await local.client.headObject('from/endpoint.txt')
    expect(head).toMatchObject({ size: 12, contentType: 'text/plain' })
    expect(run.stdout).toContain('✓ greeting "1".txt (12 B) is stored.')
    expect(run.stdout).toContain(`ETag      "${createHash('md5').update(CONTENT).digest('hex')}"`)
    expect(run.stdout).toContain(`Version   ${head?.versionId}`)
    expect(run.stdout).toContain('CRC-64    9548687815775124833  verified')
  })

  it('tells of what a bucket does not do only that it keeps no versions', async () => {
    const plain = await localBucket()
    servers.push(plain.cos)
    const run = await captured(['upload', file, ...plain.options], { env: plain.env })
    const told = run.stdout.split('\n').map((line) => line.trim().split(/ {2,}/))
    expect(told.map(([label]) => label)).toEqual([
      '✓ greeting "1".txt (12 B) is stored.',
      'Key',
      'Location',
      'ETag',
      'Version',
      'CRC-64',
      'Request',
      '',
    ])
    expect(told).toContainEqual(['Version', 'none (the bucket keeps no versions)'])
  })

  it('stores a file with credentials of the environment, under a key and with fields of one’s own', async () => {
    const args = [
      'upload',
      file,
      ...local.options,
      '--key',
      'own/ключ.txt',
      '--field',
      'x-cos-meta-colour=red',
      '--field',
      'Content-Type=text/plain',
      '--json',
    ]
    const run = await captured(args, { env: local.env })
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      key: 'own/ключ.txt',
      size: 12,
      integrity: 'verified',
      crc64: '9548687815775124833',
      status: 204,
    })
    expect(await local.client.headObject('own/ключ.txt')).toMatchObject({ contentType: 'text/plain', metadata: { colour: 'red' } })
  })

  it('names the key that was stored, not the one with ${filename} in it', async () => {
    const run = await captured(['upload', file, ...local.options, '--key', 'named/${filename}', '--json'], { env: local.env })
    const { key } = JSON.parse(run.stdout) as { readonly key: string }
    expect(key).toBe('named/greeting %221%22.txt')
    expect(await local.client.headObject(key)).toMatchObject({ size: 12 })
  })

  it('sends many blocks, and an empty file', async () => {
    const large = join(folder, 'large.bin')
    await writeFile(
      large,
      new Uint8Array(5_000_001).map((_, index) => index * 31),
    )
    const empty = join(folder, 'empty.bin')
    await writeFile(empty, '')
    for (const [path, size] of [
      [large, 5_000_001],
      [empty, 0],
    ] as const) {
      const run = await captured(['upload', path, ...local.options, '--json'], { env: local.env })
      expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, size, integrity: 'verified' })
    }
  })

  it('draws progress on a terminal, in the terminal’s width, and takes it away', async () => {
    let time = 0
    const run = await captured(['upload', file, ...local.options], { env: local.env, terminal: 60, monotonic: () => (time += 700) })
    const frames = run.stderr.split('\r\u001b[2K')
    expect(frames.at(-2)).toMatch(/█.* 99 % {2}sent, waiting for storage$/)
    expect(frames.at(-1)).toBe('')
    expect((await captured(['upload', file, ...local.options], { env: local.env })).stderr).toBe('')
  })

  it('ends with 1 when other bytes were stored', async () => {
    const liar = await serve((request, response) => {
      request.resume().on('end', () => response.writeHead(204, { ETag: '"1"', 'x-cos-hash-crc64ecma': '1' }).end())
    })
    const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', liar], { env: local.env })
    expect(run.exit).toBe(1)
    expect(run.stdout).toContain('DIFFERENT: the stored bytes are not those that were sent.')
  })

  it('says when the service tells no CRC-64', async () => {
    const old = await serve((request, response) => {
      request.resume().on('end', () => response.writeHead(204, { ETag: '"1"' }).end())
    })
    const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', old], { env: local.env })
    expect([run.exit, run.stdout]).toMatchObject([0, expect.stringContaining('so nothing was compared')])
  })

  it.each([
    ['a login that it is redirected to', 302, { Location: 'http://127.0.0.1/login' }],
    ['a page for every address', 200, { 'Content-Type': 'text/html' }],
  ])('does not take %s for a stored file', async (_what, status, headers) => {
    const proxy = await serve((request, response) => request.resume().on('end', () => response.writeHead(status, headers).end('<html>')))
    const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', proxy], { env: local.env })
    expect([run.exit, run.stdout, run.stderr]).toEqual([1, '', expect.stringContaining(`Something answered ${status} that is not COS's.`)])
  })

  it('takes the 303 for stored by which COS redirects what it has', async () => {
    const headers = { 'x-cos-request-id': 'i', ETag: '"e"', Location: 'http://127.0.0.1/landing' }
    const redirecting = await serve((request, response) => request.resume().on('end', () => response.writeHead(303, headers).end()))
    const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', redirecting], { env: local.env })
    expect([run.exit, run.stdout]).toEqual([0, expect.stringContaining('stored')])
  })

  it('does not take for stored what COS sends elsewhere', async () => {
    const body = '<Error><Code>TemporaryRedirect</Code><Message>Elsewhere.</Message><RequestId>i</RequestId></Error>'
    const headers = { 'x-cos-request-id': 'i', Location: 'http://127.0.0.1/' }
    const moved = await serve((request, response) => request.resume().on('end', () => response.writeHead(307, headers).end(body)))
    const args = ['--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', moved]
    const run = await captured(['upload', file, ...args], { env: local.env })
    expect([run.exit, run.stdout, run.stderr]).toEqual([1, '', expect.stringContaining('COS answered 307 TemporaryRedirect')])
    const doctor = await captured(['doctor', ...args, '--origin', 'https://app.example.com', '--json'], { env: local.env })
    expect(JSON.parse(doctor.stdout)).toMatchObject({ upload: { outcome: 'refused', code: 'TemporaryRedirect' } })
  })

  it('passes on why the endpoint refused', async () => {
    const policy = await endpoint({
      authorize: () => {
        throw refusal('quota-full', 'Your space is full.')
      },
    })
    const run = await captured(['upload', file, '--policy', policy, '--json'])
    expect([run.exit, JSON.parse(run.stdout)]).toEqual([
      1,
      { ok: false, error: { code: 'quota-full', message: `${policy} refused (403, quota-full): Your space is full.` } },
    ])
  })

  it('tells why COS refused', async () => {
    const run = await captured(['upload', file, ...local.options], { env: { ...local.env, COS_SECRET_KEY: 'another-secret-key-thirty-two-ch' } })
    expect(run.exit).toBe(1)
    expect(run.stderr).toMatch(/COS answered 403 SignatureDoesNotMatch: .* The SecretKey does not belong to the SecretId\./)
  })

  it('shows no secret of the form that COS repeats', async () => {
    const key = Buffer.alloc(32, 7).toString('base64')
    const field = 'x-cos-server-side-encryption-customer-key'
    const body = `<Error><Code>InvalidArgument</Code><Message>${field} value invalid:${key}</Message></Error>`
    const cos = await serve((request, response) => void request.resume().on('end', () => response.writeHead(400).end(body)))
    const args = ['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', cos, '--field', `${field}=${key}`]
    const run = await captured(args, { env: local.env })
    expect(run.stderr).toContain(`${field} value invalid`)
    expect(run.stderr).not.toContain(key)
  })

  it('blames the clock, not a permission, when the signature has ended before it was used', async () => {
    const anHourAgo = (): number => Date.now() - 3_600_000
    const run = await captured(['upload', file, ...local.options], { env: local.env, now: anHourAgo })
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('the clock of the machine that signed it is behind')])
    expect(run.stderr).not.toContain('permission')
  })

  it.each([
    ['a permission that is missing', 'Access Denied.', true],
    ['a condition that does not hold', 'Condition key acl doesn&apos;t match the value default', false],
  ])('tells %s by what COS said', async (_what, message, hinted) => {
    const refusing = await serve((request, response) => {
      const body = `<Error><Code>AccessDenied</Code><Message>${message}</Message><RequestId>i</RequestId></Error>`
      request.resume().on('end', () => response.writeHead(403, { 'Content-Type': 'application/xml' }).end(body))
    })
    const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', refusing], { env: local.env })
    expect([run.exit, run.stderr.includes('lacks a permission')]).toEqual([1, hinted])
  })

  it.each([
    ['a key', ['--key', 'mine.txt'], '--key means nothing beside --policy'],
    ['a bucket', ['--bucket', 'a-1'], '--bucket means nothing beside --policy'],
    ['a header that no request can carry', ['--header', 'Authorization=Bearer s3cret\u4e2d'], 'The header "Authorization" cannot be sent'],
    ['a header of no name', ['--header', 'My Token=s3cret'], 'The header "My Token" cannot be sent'],
    ['a length of its own', ['--header', 'Content-Length=3'], 'The header "Content-Length" cannot be given: the connection sets it itself'],
    ['how the connection is to behave', ['--header', 'expect=100-continue'], 'The header "expect" cannot be given'],
    ['a token alone', ['--header', 's3cret'], '--header cannot be "…"'],
    ['a header without its name', ['--header', '=s3cret'], '--header cannot be "…"'],
    [
      'a secret field written as a header is',
      ['--field', 'x-cos-meta-a:s3cret'],
      '--field cannot be "x-cos-meta-a…": it is a name and a value with = between',
    ],
  ])('sends nothing when it is given %s that it could not heed', async (_what, options, sentence) => {
    const policy = await endpoint({})
    const run = await captured(['upload', file, '--policy', policy, ...options])
    expect([run.exit, run.stderr]).toMatchObject([2, expect.stringContaining(sentence)])
    expect(run.stderr).not.toContain('s3cret')
  })

  it('sends nothing when it has headers for an endpoint that is not asked', async () => {
    const run = await captured(['upload', file, ...local.options, '--header', 'A=b'], { env: local.env })
    expect([run.exit, run.stderr]).toMatchObject([2, expect.stringContaining('--header means nothing beside --bucket')])
  })

  it('asks for a file, and for a way to a form, when it is given none', async () => {
    const asked = async (...args: readonly string[]) => captured(['upload', ...args], { env: local.env })
    expect(await asked(...local.options)).toMatchObject({ exit: 2, stderr: expect.stringContaining('Name the file to upload.') })
    expect(await asked(file)).toMatchObject({ exit: 2, stderr: expect.stringMatching(/--policy .*--bucket/) })
    expect(await asked(file, '--region', 'ap-guangzhou')).toMatchObject({ exit: 2, stderr: expect.stringMatching(/^(?!.*--policy).*--bucket/) })
    expect(await asked(file, '--bucket', local.name)).toMatchObject({ exit: 2, stderr: expect.stringMatching(/^(?!.*--policy).*--region/) })
  })

  it('sends nothing when it is given several files, as *.jpg may be, rather than the first alone', async () => {
    const run = await captured(['upload', file, 'b.txt', ...local.options], { env: local.env })
    expect([run.exit, run.stderr]).toMatchObject([2, expect.stringContaining('b.txt')])
  })

  it('shows no password of a URL, and says where it belongs', async () => {
    const run = await captured(['upload', file, '--policy', 'http://ann:s3cret@127.0.0.1/policy'])
    expect([run.exit, run.stderr]).toMatchObject([2, expect.stringContaining('--policy cannot hold a user name or a password')])
    expect(run.stderr).not.toContain('s3cret')
  })

  it('reads a refusal that comes while it is still sending', async () => {
    const large = join(folder, 'sparse.bin')
    await writeFile(large, '')
    await truncate(large, 200 * 1024 ** 2)
    const run = await captured(['upload', large, ...local.options], { env: { ...local.env, COS_SECRET_ID: 'AKIDnobody' } })
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('COS answered 403 InvalidAccessKeyId')])
  })

  it.each([
    ['a missing file', 'no-such-file', 'ENOENT'],
    ['a folder', '.', 'no plain file but a folder'],
    ['a pipe that nobody writes into', 'pipe', 'no plain file but a folder, a pipe'],
  ])('tells %s', async (_what, path, reason) => {
    const run = await captured(['upload', join(folder, path), ...local.options], { env: local.env })
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining(reason)])
  })

  it('tells an endpoint that is none', async () => {
    const page = await serve((_request, response) => response.end('<html>'))
    const run = await captured(['upload', file, '--policy', page])
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('Is it a Cosdrop policy endpoint?')])
    const silent = await captured(['upload', file, '--policy', await deserted(), '--lang', 'zh'])
    expect([silent.exit, silent.stderr]).toMatchObject([1, expect.stringContaining('没有响应（ECONNREFUSED）')])
  })

  it.each([
    { posts: [{ url: 'ftp://a.example/', fields: { key: 'a' } }] },
    { posts: [{ url: '/upload', fields: { key: 'a' } }] },
    { posts: [{ url: 1, fields: { key: 'a' } }] },
    { posts: [{ url: 'http://127.0.0.1:1/', fields: { key: 1 } }] },
    { posts: [{ url: 'http://127.0.0.1:1/' }] },
    { posts: 'http://127.0.0.1:1/' },
    { error: { code: 1, message: 'a' } },
    { error: { code: 'a' } },
    [],
  ])('sends nothing to an endpoint that answers %j', async (answer) => {
    const foreign = await serve((_request, response) => response.end(JSON.stringify(answer)))
    const run = await captured(['upload', file, '--policy', foreign])
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('Is it a Cosdrop policy endpoint?')])
  })

  it('asks in JSON, as frameworks want to be told, and for what the endpoint is to put into the form', async () => {
    const asked: unknown[] = []
    const policy = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        asked.push(request.headers['content-type'], JSON.parse(Buffer.concat(chunks).toString()))
        response.writeHead(403).end()
      })
    })
    const files = [{ name: 'greeting "1".txt', type: '', size: 12 }]
    await captured(['upload', file, '--policy', policy])
    await captured(['upload', file, '--policy', policy, '--field', 'x-cos-meta-owner=ann', '--header', 'Content-Type=application/vnd.api+json'])
    expect(asked).toEqual(['application/json', { files }, 'application/vnd.api+json', { files, fields: { 'x-cos-meta-owner': 'ann' } }])
  })

  it('does not claim that nothing was stored when the connection broke', async () => {
    const broken = await serve((request) => void request.once('data', () => request.socket.resetAndDestroy()))
    const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', broken], { env: local.env })
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('it may be stored all the same')])
  })

  it.each(['some bytes', ''])('does not claim that nothing was stored when it was stopped after the whole file (%j)', async (content) => {
    const whole = join(folder, 'whole.txt')
    await writeFile(whole, content)
    const stop = new AbortController()
    const slow = await serve((request) => void request.resume().on('end', () => stop.abort()))
    const run = await captured(['upload', whole, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', slow], {
      env: local.env,
      signal: stop.signal,
    })
    expect([run.exit, run.stderr]).toEqual([1, '✗ Canceled. The whole file was on its way, so it may be stored all the same.\n'])
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const hanging = await serve((request) => void request.once('data', () => stop.abort()))
    const large = join(folder, 'never-sent.bin')
    await writeFile(large, '')
    await truncate(large, 200 * 1024 ** 2)
    const run = await captured(['upload', large, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', hanging], {
      env: local.env,
      signal: stop.signal,
    })
    expect([run.exit, run.stderr]).toEqual([1, '✗ Canceled.\n'])
  })

  it('stops when it is told to while the policy endpoint is still answering, and blames nobody', async () => {
    const stop = new AbortController()
    const halfway = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"posts":')
      setTimeout(() => stop.abort(), 200)
    })
    const run = await captured(['upload', file, '--policy', halfway], { signal: stop.signal })
    expect([run.exit, run.stderr]).toEqual([1, '✗ Canceled.\n'])
  })

  it('does not say of an empty file that it may be stored when it was stopped before anything went out', async () => {
    const empty = join(folder, 'nothing.txt')
    await writeFile(empty, '')
    const run = await captured(['upload', empty, ...local.options], { env: local.env, signal: AbortSignal.abort() })
    expect([run.exit, run.stderr]).toEqual([1, '✗ Canceled.\n'])
  })
})
