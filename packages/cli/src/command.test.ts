import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

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

  it.each(['SIGTERM', 'SIGINT'] as const)('ends its servers cleanly on %s', async (signal) => {
    const child = start(['dev', '--port', '0', '--policy-port', '0', '--json'])
    await once(child.stdout!, 'data')
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([0, null])
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
})
