import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const started: ChildProcess[] = []
const temporary = mkdtempSync(join(tmpdir(), 'cosdrop-commands-'))

/** A command as a terminal starts it: in a process group of its own, which Ctrl-C reaches as a whole. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): { child: ChildProcess; output: () => string } {
  const child = spawn('npm', ['run', '-s', ...args], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout?.on('data', (chunk) => (text += String(chunk)))
  child.stderr?.on('data', (chunk) => (text += String(chunk)))
  started.push(child)
  return { child, output: () => text }
}

async function said(output: () => string, words: RegExp): Promise<RegExpMatchArray> {
  const match = await expect
    .poll(() => output().match(words), { timeout: 30_000 })
    .toBeTruthy()
    .then(() => output().match(words))
  if (match === null) throw new Error(`Nothing matches ${words}:\n${output()}`)
  return match
}

function groupIsAlive(leader: number): boolean {
  try {
    process.kill(-leader, 0)
    return true
  } catch {
    return false
  }
}

async function end(leader: number): Promise<void> {
  if (!groupIsAlive(leader)) return
  process.kill(-leader, 'SIGTERM')
  try {
    await expect.poll(() => groupIsAlive(leader), { timeout: 10_000 }).toBe(false)
  } catch (error) {
    process.kill(-leader, 'SIGKILL')
    throw error
  }
}

afterEach(async () => {
  for (const { pid } of started.splice(0)) if (pid !== undefined) await end(pid)
  const left = readdirSync(temporary).filter((name) => name.startsWith('cosdrop-'))
  if (left.length > 0) throw new Error(`The command left what it had stored: ${left.join(', ')}`)
})
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

describe('npm start', () => {
  it('prints the page and the local COS, both of which answer, and Ctrl-C leaves no process behind', async () => {
    const { child, output } = run(['start'], { PORT: '0', COS_PORT: '0' })
    const [, page = '', cos = ''] = await said(output, /playground\s+(http:\S+)[\s\S]*Local COS\s+(http:\S+)/)
    expect(await (await fetch(page)).text()).toContain('<title>Cosdrop playground</title>')
    expect((await fetch(cos)).headers.get('server')).toBe('tencent-cos')
    process.kill(-child.pid!, 'SIGINT')
    await once(child, 'exit')
    await expect.poll(() => groupIsAlive(child.pid!), { timeout: 10_000 }).toBe(false)
    await expect(fetch(cos)).rejects.toThrow('fetch failed')
  })

  it('ends all the same when a supervisor ends only the command itself', async () => {
    const { child, output } = run(['start'], { PORT: '0', COS_PORT: '0' })
    await said(output, /Local COS/)
    child.kill('SIGTERM')
    await expect.poll(() => groupIsAlive(child.pid!), { timeout: 10_000 }).toBe(false)
  })

  it('says in a sentence that a port cannot be used, and leaves nothing behind', async () => {
    const { child, output } = run(['start'], { PORT: '70000', COS_PORT: '0' })
    const [code] = await once(child, 'exit')
    expect(code).toBe(1)
    expect(output()).toContain('70000')
    expect(output()).not.toContain('    at ')
  })

  it('takes the next free port when its own is in use', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const address = busy.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { output } = run(['start'], { PORT: '0', COS_PORT: String(port) })
    const [, cos] = await said(output, /Local COS\s+http:\S+:(\d+)/)
    expect(Number(cos)).toBeGreaterThan(port)
    busy.close()
  })
})

/** What set-up needs of a checkout, with a script in the place of pnpm. */
function cloneWhoseInstall(script: string): string {
  const clone = mkdtempSync(join(temporary, 'clone-'))
  for (const folder of ['.ci', 'node_modules/.bin']) mkdirSync(join(clone, folder), { recursive: true })
  copyFileSync(join(root, '.ci/with-tools.mjs'), join(clone, '.ci/with-tools.mjs'))
  writeFileSync(join(clone, 'node_modules/.bin/pnpm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return clone
}

describe('set-up', () => {
  it('starts nothing any more when a supervisor ended the command while the packages were installed', async () => {
    // Installs for as long as the command takes to be gone.
    const clone = cloneWhoseInstall('kill -TERM $COMMAND\nwhile kill -0 $COMMAND 2>/dev/null; do sleep 0.01; done')
    const line = `COMMAND=$$ "${process.execPath}" .ci/with-tools.mjs "${process.execPath}" -e 'fs.writeFileSync("running", "")'; true`
    const child = spawn('sh', ['-c', line], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'] })
    await once(child, 'close')
    expect(existsSync(join(clone, 'running'))).toBe(false)
  })

  it.each(['NO_PROXY', 'no_proxy'])('lets what it starts talk to this machine past the proxy of the environment, and keeps its %s', async (name) => {
    const server = createHttpServer((_request, response) => response.end('here')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
    const ask = `fetch('${url}').then((reply) => reply.text()).then((text) => console.log(text, process.env.no_proxy))`
    const { NO_PROXY: _outer, no_proxy: _too, ...env } = process.env
    const child = spawn(process.execPath, ['.ci/with-tools.mjs', process.execPath, '-e', ask], {
      cwd: cloneWhoseInstall('exit 0'),
      env: { ...env, NODE_USE_ENV_PROXY: '1', http_proxy: 'http://127.0.0.1:1', [name]: 'intranet.example' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    await once(child, 'close')
    server.close()
    expect(output).toMatch(/^here intranet\.example,.*localhost/)
  })
})

describe('npm run -s emulator', () => {
  it('prints one line of JSON and nothing else, and ends on SIGTERM', async () => {
    const { child, output } = run(['emulator', '--', '--port', '0'])
    await said(output, /\n/)
    const ready: unknown = JSON.parse(output())
    expect(ready).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    expect(output()).not.toContain('BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz')
    process.kill(-child.pid!, 'SIGTERM')
    await once(child, 'exit')
  })

  it('says which port is in use', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const address = busy.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { child, output } = run(['emulator', '--', '--port', String(port)])
    const [code] = await once(child, 'exit')
    expect(code).not.toBe(0)
    expect(output()).toContain(String(port))
    busy.close()
  })
})
