import { createServer } from 'node:http'
import { Server } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { captured, type CapturedRun } from '../testing/captured-run.ts'
import { listeningOn, type LocalServer } from '../testing/local-server.ts'

interface RunningDev {
  readonly policy: string
  readonly bucketUrl: string
  readonly ended: Promise<CapturedRun>
}

let stop = new AbortController()
let other: LocalServer | undefined
afterEach(() => {
  stop.abort()
  stop = new AbortController()
  other?.close()
})

/** Starts the command and waits for the line that says where. */
function started(args: readonly string[]): Promise<RunningDev> {
  return new Promise((resolve, reject) => {
    let said = ''
    const ended = captured(['dev', '--port', '0', '--policy-port', '0', '--json', ...args], {
      signal: stop.signal,
      onOutput: (text) => {
        said += text
        const found: unknown = said.endsWith('\n') ? JSON.parse(said) : null
        if (typeof found === 'object' && found !== null && 'policy' in found && 'bucketUrl' in found) {
          resolve({ policy: String(found.policy), bucketUrl: String(found.bucketUrl), ended })
        }
      },
    })
    ended.then(() => reject(new Error(`ended and said ${said}`)), reject)
  })
}

describe('cosdrop dev', () => {
  it('is all that an upload needs, and ends when it is told to', async () => {
    const dev = await started([])
    const run = await captured(['upload', import.meta.filename, '--policy', dev.policy, '--json'])
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, integrity: 'verified', location: expect.stringContaining(dev.bucketUrl) })
    stop.abort()
    expect((await dev.ended).exit).toBe(0)
    await expect(fetch(dev.policy)).rejects.toThrow('fetch failed')
  })

  it('admits pages of any origin, within the limits given', async () => {
    const dev = await started(['--accept', 'image/*', '--max-size', '1MB'])
    const reply = await fetch(dev.policy, { headers: { Origin: 'http://localhost:5173' } })
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(await reply.json()).toMatchObject({ limits: { accept: 'image/*', maxSize: 1024 ** 2 } })
    const refused = await captured(['upload', import.meta.filename, '--policy', dev.policy])
    expect([refused.exit, refused.stderr]).toMatchObject([1, expect.stringContaining('file-invalid-type')])
  })

  it.each(['en', 'zh-CN'])('says what is wrong with the folder it was given, and calls that nothing unforeseen, in %s', async (lang) => {
    const run = await captured(['dev', '--port', '0', '--policy-port', '0', '--data', import.meta.filename, '--lang', lang])
    expect(run.exit).toBe(1)
    expect(run.stderr).toContain(`${import.meta.filename} cannot be used`)
    expect(run.stderr).not.toMatch(/unforeseen|意外/)
  })

  it('keeps nothing in memory for who forgot the name of the option for the folder', async () => {
    const run = await captured(['dev', '--port', '0', '--policy-port', '0', './files'], { signal: stop.signal, onOutput: () => stop.abort() })
    expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining('./files')])
  })

  it('tells people where to look, in their language', async () => {
    let said = ''
    const ended = captured(['dev', '--port', '0', '--policy-port', '0', '--lang', 'zh-CN'], {
      signal: stop.signal,
      onOutput(text) {
        said += text
        if (said.includes('Ctrl+C')) stop.abort()
      },
    })
    expect((await ended).exit).toBe(0)
    expect(said).toMatch(/^签名接口 {4}http:\/\/127\.0\.0\.1:\d+\/policy\n存储桶地址 {2}http:/)
    expect(said).not.toContain('BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz')
  })

  it.each(['--port', '--policy-port'])('says which port is taken (%s)', async (option) => {
    other = await listeningOn(createServer())
    const { port } = new URL(other.url)
    const run = await captured(['dev', '--port', '0', '--policy-port', '0', option, port])
    expect([run.exit, run.stderr]).toMatchObject([1, expect.stringContaining(`Port ${port} is in use.`)])
  })

  it.each(['--port', '--policy-port'])('does not say "in use" of a port that takes special rights (%s)', async (option) => {
    const listen = Reflect.get(Server.prototype, 'listen') as Server['listen']
    const forbidding = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
      if (args[0] !== 80) return Reflect.apply(listen, this, args)
      process.nextTick(() => this.emit('error', Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' })))
      return this
    })
    try {
      const run = await captured(['dev', '--port', '0', '--policy-port', '0', option, '80', '--json'])
      expect(run.exit).toBe(1)
      expect(JSON.parse(run.stdout)).toMatchObject({
        error: { code: 'port-unusable', message: expect.stringMatching(/80 .*EACCES.*special rights/) },
      })
    } finally {
      forbidding.mockRestore()
    }
  })
})
