import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEmulator, type RunningEmulator } from '../server/start-emulator.ts'
import { signedForm } from '../testing/signed-request.ts'

const run = promisify(execFile)
const curl = process.env['CURL_PATH'] ?? 'curl'
const bucket = 'examplebucket-1250000000'
let running: RunningEmulator
let folder: string

/** The fields as `-F` arguments; `--form-string` keeps a value that begins with @ or < what it is. */
function formArguments(form: FormData): readonly string[] {
  return [...form].flatMap(([name, value]) => (typeof value === 'string' ? ['--form-string', `${name}=${value}`] : []))
}

async function post(args: readonly string[]): Promise<{ status: string; headers: string }> {
  const { stdout } = await run(curl, ['--silent', '--show-error', '--noproxy', '*', '--dump-header', '-', '--write-out', '\n%{http_code}', ...args])
  return { status: stdout.slice(stdout.lastIndexOf('\n') + 1), headers: stdout }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosdrop-curl-'))
  running = await startEmulator()
})
afterAll(async () => {
  await running.close()
  await rm(folder, { recursive: true })
})

it('curl -F posts a form with a file', async () => {
  const path = join(folder, 'a "quoted" name.bin')
  await writeFile(path, Buffer.alloc(2_000_000, 'curl '))
  const form = signedForm({ key: 'from/curl.bin', fields: { 'Content-Type': 'application/x-curl', success_action_status: '201' } })
  const { status, headers } = await post([...formArguments(form), '-F', `file=@"${path.replaceAll('"', '\\"')}"`, `${running.url}/${bucket}/`])
  expect(status).toBe('201')
  expect(headers).toMatch(/^etag: "[\da-f]{32}"/im)
  expect(running.emulator.service.storage.versionsOf(bucket, 'from/curl.bin')).toMatchObject([
    { size: 2_000_000, headers: { 'Content-Type': 'application/x-curl' } },
  ])
})

it('curl is told when a form is wrong, although it was still sending', async () => {
  const path = join(folder, 'large.bin')
  await writeFile(path, Buffer.alloc(20_000_000))
  const form = signedForm({ key: 'never' })
  const forged = formArguments(form).map((argument) => (argument.startsWith('q-signature=') ? `q-signature=${'0'.repeat(40)}` : argument))
  const { status, headers } = await post([...forged, '-F', `file=@${path}`, `${running.url}/${bucket}/`])
  expect(status).toBe('403')
  expect(headers).toContain('<Code>SignatureDoesNotMatch</Code>')
  expect(running.emulator.service.storage.versionsOf(bucket, 'never')).toEqual([])
})

it('curl sends the bucket in the Host header when it is told where that host is', async () => {
  const host = `${bucket}.cos.ap-guangzhou.example.test`
  const path = join(folder, 'small.txt')
  await writeFile(path, 'small')
  const form = signedForm({ key: 'by-host.txt' })
  const { status, headers } = await post([
    ...formArguments(form),
    '-F',
    `file=@${path}`,
    '--connect-to',
    `${host}:80:127.0.0.1:${running.port}`,
    `http://${host}/`,
  ])
  expect(status).toBe('204')
  expect(headers).toContain(`Location: http://${host}/by-host.txt`)
})
