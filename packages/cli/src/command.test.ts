import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localBucket } from './lib/testing/local-bucket.ts'
import { listeningOn } from './lib/testing/local-server.ts'

const command = join(import.meta.dirname, 'command.ts')

function start(args: readonly string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, [command, ...args], { env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' } })
}

describe('the command as a process', () => {
  it('reads a policy from a pipe and ends with its exit code', async () => {
    const child = execFile(process.execPath, [command, 'policy', 'explain', '--json'], { env: {} })
    child.stdin?.end('{"expiration":"2019-08-30T09:38:12.414Z","conditions":[{"acl":"default"}]}')
    let said = ''
    child.stdout?.on('data', (text: string) => (said += text))
    const [exit] = await once(child, 'close')
    expect([exit, JSON.parse(said)]).toMatchObject([1, { ok: false, warnings: [{ code: 'expired' }, { code: 'any-bucket' }, {}, {}, {}, {}, {}] }])
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends its servers cleanly on %s', async (signal) => {
    const child = start(['dev', '--port', '0', '--policy-port', '0', '--json'])
    await once(child.stdout!, 'data')
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('waits no longer for a policy to be typed in when it is told to end by %s', async (signal) => {
    const child = start(['policy', 'explain', '-', '--json'])
    let said = ''
    child.stdout!.on('data', (text: Buffer) => (said += text.toString()))
    // More than a pipe holds: once it is written the command reads, and waits for the rest.
    await new Promise((resolve) => child.stdin!.write(' '.repeat(4 * 1024 ** 2), resolve))
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([1, null])
    expect(JSON.parse(said)).toMatchObject({ ok: false, error: { code: 'canceled' } })
  })

  it('sends the file through the proxy of the environment, as it asks everything else', async () => {
    const asked: string[] = []
    const proxy = await listeningOn(
      createServer((request, response) => {
        asked.push(request.url ?? '')
        request.resume().once('end', () => response.writeHead(204, { 'x-cos-request-id': 'a' }).end())
      }),
    )
    const child = spawn(
      process.execPath,
      [command, 'upload', import.meta.filename, '--bucket', 'a-1', '--region', 'ap-guangzhou', '--endpoint', 'http://cos.invalid/'],
      { env: { COS_SECRET_ID: 'AKIDa', COS_SECRET_KEY: 'a', NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url } },
    )
    expect([await once(child, 'close'), asked]).toEqual([[0, null], ['http://cos.invalid/']])
    proxy.close()
  })

  it.skipIf(!existsSync('/dev/full'))('ends with 1 when its output could not be written', async () => {
    const child = spawn('sh', ['-c', `"$0" "$1" --help > /dev/full`, process.execPath, command])
    let complaint = ''
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    expect(await once(child, 'close')).toEqual([1, null])
    expect(complaint).toContain('ENOSPC')
  })

  it('minds it not when the reader of its output has gone', async () => {
    const child = start(['--help'])
    child.stdout!.destroy()
    let complaint = ''
    child.stderr!.on('data', (text: Buffer) => (complaint += text.toString()))
    await once(child, 'close')
    expect(complaint).toBe('')
  })

  it('writes the rules that it was asked to write, though nobody reads what it says of that', async () => {
    const local = await localBucket({ cors: [] })
    const child = spawn(process.execPath, [command, 'doctor', ...local.options, '--origin', 'https://app.example.com', '--apply'], { env: local.env })
    child.stdout.destroy()
    expect(await once(child, 'close')).toEqual([0, null])
    expect(local.cos.emulator.service.buckets.get(local.name)?.cors).toHaveLength(1)
    await local.cos.close()
  })
})
