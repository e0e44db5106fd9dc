import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { captured } from '../testing/captured-run.ts'
import { localBucket, type LocalBucket } from '../testing/local-bucket.ts'
import { listeningOn } from '../testing/local-server.ts'

let folder: string
let file: string
let local: LocalBucket
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosdrop-upload-failures-'))
  file = join(folder, 'a.txt')
  await writeFile(file, 'hello world!')
  local = await localBucket()
})
afterAll(async () => {
  await local.cos.close()
  await rm(folder, { recursive: true })
})

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = await listeningOn(createServer(handler))
  onTestFinished(() => server.close())
  return server.url
}

it.each([
  ['COS', '<Error><Code>NoSuchBucket</Code><Message>m</Message></Error>', 'NoSuchBucket'],
  ['something else', '<h1>Not found</h1>', 'reply-malformed'],
])('a script is told by a code that %s refused', async (_who, body, code) => {
  const refusing = await serve((request, response) => void request.resume().on('end', () => response.writeHead(404).end(body)))
  const run = await captured(['upload', file, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', refusing, '--json'], { env: local.env })
  expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([1, { ok: false, error: { code } }])
})

it.each([200, 403])('an endpoint whose answer of %i breaks off is told as one that did not answer, not as the wrong address', async (status) => {
  const halfway = await serve((_request, response) => {
    response.writeHead(status, { 'Content-Length': 100 }).write('{"posts":', () => response.socket?.resetAndDestroy())
  })
  const run = await captured(['upload', file, '--policy', halfway, '--json'])
  expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([1, { error: { code: 'unreachable' } }])
})

it.each(['--endpoint', '--policy'])('who writes https for a local service (%s) is told what to write', async (option) => {
  const plain = (await serve((_request, response) => void response.end())).replace('http:', 'https:')
  const bucket = option === '--endpoint' ? ['--bucket', 'a-1', '--region', 'ap-guangzhou'] : []
  const run = await captured(['upload', file, ...bucket, option, plain], { env: local.env })
  expect([run.exit, run.stderr]).toEqual([1, expect.stringContaining('write http:// in place of https://')])
})

it('an endpoint that has moved is followed to where it is now', async () => {
  const policy = await serve((request, response) => {
    const form = { url: local.url, fields: { key: 'moved.txt' } }
    if (request.url === '/policy') response.writeHead(308, { Location: '/policy/' }).end()
    else response.writeHead(request.method === 'POST' ? 200 : 405).end(JSON.stringify({ posts: [form] }))
  })
  const run = await captured(['upload', file, '--policy', `${policy}/policy`])
  // Asked for with its method, and its form sent: the bucket does not take it without a signature.
  expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('COS answered 403 AccessDenied')])
})

it.each([
  ['http that leads to https, with which the question becomes another one', 301],
  ['a login', 302],
])('an endpoint that lies behind %s is named where it leads, without what is passed on there', async (_what, status) => {
  const policy = await serve((request, response) => {
    if (request.url === '/policy') response.writeHead(status, { Location: '/elsewhere?state=SECRET' }).end()
    else response.end(JSON.stringify({ limits: {} }))
  })
  const run = await captured(['upload', file, '--policy', `${policy}/policy`])
  expect([run.exit, run.stderr]).toEqual([1, expect.stringContaining(`${policy}/policy redirects to ${policy}/elsewhere, where`)])
})

it('an endpoint that refuses behind a redirect is heard', async () => {
  const policy = await serve((request, response) => {
    if (request.url === '/policy') response.writeHead(307, { Location: '/elsewhere' }).end()
    else response.writeHead(403).end(JSON.stringify({ error: { code: 'quota-full', message: 'Your space is full.' } }))
  })
  const run = await captured(['upload', file, '--policy', `${policy}/policy`])
  expect([run.exit, run.stderr]).toEqual([1, expect.stringContaining('refused (403, quota-full): Your space is full.')])
})

it('a file that is cut short before it is sent is called changed, and nothing of it is stored', async () => {
  const cut = join(folder, 'cut.txt')
  await writeFile(cut, 'hello world!')
  let isWhole = false
  // Not the emulator: it refuses an unsigned form, and may do so before the file is looked at.
  const storage = await serve((request) => void request.resume().on('end', () => (isWhole = true)))
  const policy = await serve((request, response) => {
    const answer = (): unknown => response.end(JSON.stringify({ posts: [{ url: storage, fields: { key: 'cut.txt' } }] }))
    request.resume().on('end', () => void truncate(cut, 5).then(answer))
  })
  const run = await captured(['upload', cut, '--policy', policy])
  expect([run.exit, run.stderr, isWhole]).toEqual([1, expect.stringContaining('changed while it was being sent'), false])
})

it.runIf(process.platform === 'linux').each([
  ['stored', 'private'],
  ['refused', 'nobody'],
])('a program that runs the command is left without the file open, when it was %s', async (_how, acl) => {
  const args = ['upload', file, ...local.options, '--field', `acl=${acl}`]
  await captured(args, { env: local.env })
  const open = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => null)))
  expect(open).not.toContain(file)
})
