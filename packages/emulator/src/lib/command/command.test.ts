import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'

const COMMAND = fileURLToPath(new URL('../../command.ts', import.meta.url))
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'cosdrop-command-'))
  cleanups.push(() => rm(path, { recursive: true, force: true }))
  return path
}

interface Ready {
  readonly process: ChildProcess
  readonly line: string
  readonly url: string
}

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  cleanups.unshift(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  return child
}

async function start(...args: string[]): Promise<Ready> {
  const child = run('--port', '0', ...args)
  for await (const line of createInterface({ input: child.stdout! })) {
    const ready: unknown = JSON.parse(line)
    if (ready instanceof Object && 'url' in ready && typeof ready.url === 'string') return { process: child, line, url: ready.url }
  }
  throw new Error('The command ended without its line.')
}

async function stop({ process: child }: Ready): Promise<readonly [code: number | null, signal: string | null]> {
  child.kill('SIGTERM')
  const [code, signal] = await once(child, 'exit')
  return [code, signal]
}

async function failure(...args: string[]): Promise<{ readonly code: number; readonly text: string; readonly out: string }> {
  const child = run(...args)
  let [text, out] = ['', '']
  child.stderr!.on('data', (chunk) => (text += String(chunk)))
  child.stdout!.on('data', (chunk) => (out += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, text, out }
}

describe('the command', { timeout: 60_000 }, () => {
  it('says in one line of JSON that it is ready, without a key, and SIGTERM ends it cleanly', async () => {
    const ready = await start()
    expect(JSON.parse(ready.line)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      buckets: [
        {
          name: 'examplebucket-1250000000',
          region: 'ap-guangzhou',
          acl: 'private',
          versioning: 'off',
          url: `${ready.url}/examplebucket-1250000000/`,
        },
      ],
      credentials: [{ secretId: demoConfig.credentials[0]?.secretId }],
    })
    expect(ready.line).not.toContain(demoConfig.credentials[0]?.secretKey)
    const origin = `${ready.url}/examplebucket-1250000000`
    expect((await fetch(signedPost({ key: 'a', origin }))).status).toBe(204)
    expect(await stop(ready)).toEqual([0, null])
  })

  it('keeps objects over a restart with --data, and takes a config', async () => {
    const [data, config] = [await folder(), join(await folder(), 'config.json')]
    await writeFile(config, JSON.stringify({ buckets: [{ name: 'examplebucket-1250000000', versioning: 'enabled' }] }))
    const first = await start('--data', data, '--config', config)
    const posted = await fetch(signedPost({ key: 'kept', origin: `${first.url}/examplebucket-1250000000` }))
    const versionId = posted.headers.get('x-cos-version-id')
    expect(versionId).toMatch(/^MTg0/)
    await stop(first)
    const second = await start('--data', data, '--config', config)
    const read = await fetch(signedRequest({ key: 'kept', origin: `${second.url}/examplebucket-1250000000`, params: [['versionId', versionId!]] }))
    expect(await read.text()).toBe('[Object Content]')
    await stop(second)
  })

  it('names a busy port and what to do, and prints nothing on standard output', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    cleanups.push(() => new Promise((resolve) => server.close(resolve)))
    expect(await failure('--port', String(port))).toEqual({
      code: 1,
      text: `Port ${port} of 127.0.0.1 is in use. Choose another with --port, or --port 0 for any free one.\n`,
      out: '',
    })
  })

  it('says in one sentence that the data directory is none', async () => {
    const path = join(await folder(), 'file')
    await writeFile(path, '')
    const { code, text } = await failure('--port', '0', '--data', path)
    expect([code, text.trimEnd().split('\n')]).toEqual([1, [expect.stringContaining(`The data directory ${path} cannot be used`)]])
  })

  it('keeps nothing in the folder where it happens to run, for a variable that is not set', async () => {
    const { code, text } = await failure('--port', '0', '--data', '')
    expect([code, text]).toEqual([1, 'The data directory has an empty name. Name a folder; "." is the one where this runs.\n'])
  })

  it('has a folder to itself, and again after it was killed', async () => {
    const data = await folder()
    const first = await start('--data', data)
    const { code, text, out } = await failure('--port', '0', '--data', data)
    expect([code, text.split('\n'), out]).toEqual([1, [expect.stringContaining('another emulator keeps its objects there'), ''], ''])
    first.process.kill('SIGKILL')
    await once(first.process, 'exit')
    await stop(await start('--data', data))
  })

  it('says where a config is wrong', async () => {
    const path = join(await folder(), 'config.json')
    await writeFile(path, '{"buckets":[{"name":"examplebucket-1250000000","acl":"public"}]}')
    const { code, text } = await failure('--config', path)
    expect([code, text]).toEqual([
      1,
      'The config is wrong at buckets[0].acl: it must be one of private, public-read, public-read-write, and is string "public".\n',
    ])
    await writeFile(path, '{')
    expect((await failure('--config', path)).text).toContain(`The config ${path} is not JSON`)
    expect((await failure('--config', `${path}.missing`)).text).toContain('cannot be read')
    await writeFile(path, '{"credentials":[{"secretId":"a","secretKey":secret}]}')
    expect((await failure('--config', path)).text).toContain(`The config ${path} is not JSON: Unexpected token 's'\n`)
  })

  it.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--port', 'x'], '--port x is no port'],
    [['--port', '65536'], '--port 65536 is no port'],
    [['extra'], 'Unexpected argument'],
    // Of a variable that is not set: it would be every address, for the whole network.
    [['--port', '0', '--host', ''], '--host has an empty name'],
  ])('explains itself when called with %j', async (args, sentence) => {
    const { code, text } = await failure(...args)
    expect(code).toBe(1)
    expect(text).toContain(sentence)
    expect(text).toContain('--data DIR')
  })
})
