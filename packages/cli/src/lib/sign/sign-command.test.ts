import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { demoConfig } from '@cosdrop/emulator'
import { startEmulator } from '@cosdrop/emulator/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captured } from '../testing/captured-run.ts'
import { localBucket, type LocalBucket } from '../testing/local-bucket.ts'
import { renderHtml } from './render-html.ts'

const CURL = process.env['CURL_PATH'] ?? 'curl'
let local: LocalBucket
let folder: string

beforeAll(async () => {
  local = await localBucket()
  folder = await mkdtemp(join(tmpdir(), 'cosdrop-sign-'))
})
afterAll(async () => {
  await local.cos.close()
  await rm(folder, { recursive: true })
})

async function sign(args: readonly string[], lang = 'en'): Promise<string> {
  const run = await captured(['sign', ...local.options, '--lang', lang, ...args], { env: local.env })
  expect([run.exit, run.stderr]).toEqual([0, ''])
  return run.stdout
}

async function post(post: { readonly url: string; readonly fields: Readonly<Record<string, string>> }, size = 5): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries(post.fields)) form.append(name, value)
  form.append('file', new Blob(['x'.repeat(size)]), 'photo.jpg')
  return (await fetch(post.url, { method: 'POST', body: form, redirect: 'manual' })).status
}

describe('cosdrop sign', () => {
  it('prints a form that COS takes, within the limits that were asked for', async () => {
    const form = JSON.parse(
      await sign([
        '--key',
        'signed/${filename}',
        '--min-size',
        '2',
        '--max-size',
        '1.3 kb',
        '--field',
        'success_action_status=201',
        '--expires',
        '60',
      ]),
    )
    expect([await post(form, 1331), await post(form), await post(form, 1), await post(form, 1332)]).toEqual([201, 201, 400, 400])
    expect(await local.client.headObject('signed/photo.jpg')).toMatchObject({ size: 5 })
    expect(Date.parse(form.expiresAt) - Date.now()).toBeLessThan(61_000)
  })

  it('prints a curl command that a shell runs as it stands', async () => {
    const file = join(folder, `it's "here"; $HOME.txt`)
    await writeFile(file, 'hello')
    const command = await sign([
      '--key',
      'curl/@note;type=x.txt',
      '--field',
      "x-cos-meta-a=@it's $(not) run",
      '--field',
      'x-cos-meta-b=<file',
      '--format',
      'curl',
      '--file',
      file,
    ])
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command.replace(/^curl/, `'${CURL}' -s`)])
    expect(stdout).toContain('HTTP/1.1 204')
    expect(await local.client.headObject('curl/@note;type=x.txt')).toMatchObject({ size: 5, metadata: { a: "@it's $(not) run", b: '<file' } })
  })

  // Windows puts a mark of direction before each path that it lets one copy.
  it('a name with a tab, or with a mark that no terminal may be shown, is the same in every format', async () => {
    const key = '\u202agray\tט\u202c.txt'
    const file = join(folder, `${key}\n.txt`)
    await writeFile(file, 'hello')
    const [form, command, html] = await Promise.all(
      ['json', 'curl', 'html'].map((format) => sign(['--key', key, '--file', file, '--format', format])),
    )
    expect(JSON.parse(form!).fields.key).toBe(key)
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command!.replace(/^curl/, `'${CURL}' -s`)])
    expect(stdout).toContain('HTTP/1.1 204')
    expect(await local.client.headObject(key)).toMatchObject({ size: 5 })
    expect(html).toContain('value="&#8234;gray&#9;&#1496;&#8236;.txt"')
  })

  it.each(['json', 'curl', 'html'])(
    'prints with temporary credentials a form that COS takes, their token in it, and no SecretKey: %s',
    async (format) => {
      const temporary = { secretId: 'AKIDtemporary', secretKey: 'a-secret-key-of-thirty-two-chars', token: 'a-token-that-the-form-cannot-do-without' }
      const cos = await startEmulator({ config: { ...demoConfig, credentials: [temporary] } })
      const [bucket] = demoConfig.buckets
      const address = ['--bucket', bucket!.name, '--region', bucket!.region, '--endpoint', `${cos.url}/${bucket!.name}/`]
      const env = { COS_SECRET_ID: temporary.secretId, COS_SECRET_KEY: temporary.secretKey, COS_TOKEN: temporary.token }
      const run = await captured(['sign', ...address, '--key', 'a', '--field', `x-cos-meta-a=${temporary.secretKey}`, '--format', format], { env })
      expect(run.stdout).toContain(temporary.token)
      expect(run.stdout).not.toContain(temporary.secretKey)
      if (format === 'json') {
        const whole = await captured(['sign', ...address, '--key', 'a'], { env })
        expect(await post(JSON.parse(whole.stdout))).toBe(204)
      }
      await cos.close()
    },
  )

  it('prints JSON for a program that asks for it, whatever format stands beside', async () => {
    expect(JSON.parse(await sign(['--key', 'a', '--format', 'html', '--json']))).toMatchObject({ fields: { key: 'a' } })
  })

  it('signs no half of a key that was not quoted', async () => {
    const run = await captured(['sign', ...local.options, '--key', 'my', 'photo.jpg'], { env: local.env })
    expect([run.exit, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining('photo.jpg')])
  })

  it('prints an HTML form with the file last', async () => {
    const html = await sign(['--key', 'html/"<&>.txt', '--format', 'html'], 'zh-CN')
    expect(html).toContain('name="key" value="html/&quot;&lt;&amp;>.txt"')
    expect(html.trim().split('\n').slice(-3)).toEqual(['  <input type="file" name="file" required>', '  <button>上传</button>', '</form>'])
    expect(renderHtml({ url: 'https://a/"', fields: {}, expiresAt: '' }, 'Upload')).toContain('action="https://a/&quot;"')
  })

  it.each([
    ['x-cos-storage-clas=STANDARD', 'COS documents no such form field'],
    ['acl=everybody', 'is not allowed for "acl"'],
    ['x-cos-meta-under_score=1', 'underscore'],
  ])('refuses %s with a sentence', async (field, sentence) => {
    const run = await captured(['sign', ...local.options, '--key', 'a', '--field', field], { env: local.env })
    expect([run.exit, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain(sentence)
  })
})
