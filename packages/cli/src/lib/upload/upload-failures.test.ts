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

it('a file that is cut short before it is sent is called changed, and nothing of it is stored', async () => {
  const cut = join(folder, 'cut.txt')
  await writeFile(cut, 'hello world!')
  const policy = await serve((request, response) => {
    const fields = { key: 'cut.txt' }
    const answer = (): unknown => response.end(JSON.stringify({ posts: [{ url: local.url, fields }] }))
    request.resume().on('end', () => void truncate(cut, 5).then(answer))
  })
  const run = await captured(['upload', cut, '--policy', policy])
  expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining('changed while it was being sent')])
  expect(await local.client.headObject('cut.txt')).toBeNull()
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
