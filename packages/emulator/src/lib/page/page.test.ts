import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import type { EmulatorConfig } from '../config/emulator-config.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { startEmulator, type RunningEmulator } from '../server/start-emulator.ts'
import { signedForm, signedPost, signedRequest } from '../testing/signed-request.ts'
import { html } from './html.ts'

const BUCKET = 'examplebucket-1250000000'
const SECRET_KEY = demoConfig.credentials[0]?.secretKey ?? 'none'

function emulatorWith(change: Partial<EmulatorConfig> = {}): Emulator {
  return createEmulator({ config: { ...demoConfig, ...change } })
}

async function open(emulator: Emulator, path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const reply = await emulator.fetch(new Request(`http://localhost:9000${path}`, { headers: { Accept: 'text/html,*/*' } }))
  const text = await reply.text()
  // White space between elements is the formatter's business.
  return { status: reply.status, text: text.replace(/>\s+</g, '><'), headers: reply.headers }
}

describe('the page', () => {
  let emulator: Emulator
  beforeEach(() => {
    emulator = emulatorWith()
  })

  it('tells why an upload was refused: the rule, what came, what to do', async () => {
    await emulator.fetch(signedPost({ key: 'large.bin', conditions: [{ kind: 'content-length-range', min: 1, max: 5 }] }))
    const { text } = await open(emulator, '/')
    expect(text).toContain('Refused 400')
    expect(text).toContain('<code>EntityTooLarge</code>')
    expect(text).toContain('[&quot;content-length-range&quot;,1,5]')
    expect(text).toMatch(/<dt>Got<\/dt><dd><code>[^<]+<\/code>/)
    expect(text).toMatch(/<dt>Fix<\/dt><dd><span class="fix">[^<]+</)
  })

  it('shows buckets, folders, an object with its headers, and its versions', async () => {
    emulator = emulatorWith({ buckets: demoConfig.buckets.map((bucket) => ({ ...bucket, versioning: 'enabled' })) })
    await emulator.fetch(signedPost({ key: 'a/b/c.txt', fields: { 'x-cos-meta-color': 'green', 'Cache-Control': 'no-cache' } }))
    await emulator.fetch(signedPost({ key: 'a/b/c.txt' }))
    expect((await open(emulator, '/')).text).toContain(`/_cosdrop/bucket?name=${BUCKET}`)
    expect((await open(emulator, `/_cosdrop/bucket?name=${BUCKET}`)).text).toContain('prefix=a%2F">a/</a>')
    const folder = await open(emulator, `/_cosdrop/bucket?name=${BUCKET}&prefix=a%2Fb%2F`)
    expect(folder.text).toContain('>c.txt</a>')
    expect(folder.text).toContain('2 versions')
    const [newest, oldest] = emulator.service.storage.versionsOf(BUCKET, 'a/b/c.txt')
    const object = await open(emulator, `/_cosdrop/object?bucket=${BUCKET}&key=a%2Fb%2Fc.txt&version=${oldest?.versionId}`)
    expect(object.text).toContain('<dt>x-cos-meta-color</dt><dd><code>green</code>')
    expect(object.text).toContain('<dt>Cache-Control</dt><dd><code>no-cache</code>')
    expect(object.text).toContain(`version=${newest?.versionId}`)
  })

  it('downloads from a private bucket, as a file that no browser runs', async () => {
    await emulator.fetch(signedPost({ key: 'page <b>.html', file: new Blob(['<script>alert(1)</script>']), fields: { 'Content-Type': 'text/html' } }))
    const object = await open(emulator, `/_cosdrop/object?bucket=${BUCKET}&key=${encodeURIComponent('page <b>.html')}`)
    const href = /href="(\/_cosdrop\/download[^"]+)"/.exec(object.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const file = await open(emulator, href)
    expect(file.text).toBe('<script>alert(1)</script>')
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="page _b_.html"; filename*=UTF-8''page%20%3Cb%3E.html`)
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('hands out nothing that only its uploader may read', async () => {
    const key = 'MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY='
    const prefix = 'x-cos-server-side-encryption-customer-'
    await emulator.fetch(
      signedPost({
        key: 'own',
        fields: { [`${prefix}algorithm`]: 'AES256', [`${prefix}key`]: key, [`${prefix}key-MD5`]: 'U5L61r7jcwdNvT7frmUG8g==' },
      }),
    )
    const object = await open(emulator, `/_cosdrop/object?bucket=${BUCKET}&key=own`)
    expect(object.text).toContain('SSE-C')
    expect(object.text).not.toContain('/_cosdrop/download')
    expect(object.text).not.toContain(key)
    expect((await open(emulator, `/_cosdrop/download?bucket=${BUCKET}&key=own&version=null`)).status).toBe(404)
  })

  it('escapes keys, metadata and origins on every page', async () => {
    const evil = `"><img src=x onerror=alert(1)>'&amp;`
    await emulator.fetch(signedPost({ key: `${evil}/${evil}`, fields: { 'x-cos-meta-x': evil, 'Content-Type': evil } }))
    await emulator.fetch(signedPost({ key: evil, now: Date.now() - 9e6 }))
    const parameter = encodeURIComponent(`${evil}/`)
    const id = encodeURIComponent(emulator.service.log.entries()[0]?.requestId ?? '')
    const pages = [
      '/',
      `/_cosdrop/bucket?name=${BUCKET}`,
      `/_cosdrop/bucket?name=${BUCKET}&prefix=${parameter}`,
      `/_cosdrop/object?bucket=${BUCKET}&key=${parameter}${encodeURIComponent(evil)}`,
      `/_cosdrop/request?id=${id}`,
    ]
    for (const path of pages) {
      const { status, text } = await open(emulator, path)
      expect(status, path).toBe(200)
      expect(text, path).toContain('&lt;img')
      expect(text, path).not.toContain('<img')
    }
  })

  it('never shows a key, a signature or a token', async () => {
    const form = signedForm({ key: 'a', fields: { 'x-cos-security-token': 'a-token-that-is-wrong' } })
    const signature = form.get('q-signature')
    const secrets = [SECRET_KEY, typeof signature === 'string' ? signature : 'none', 'a-token-that-is-wrong']
    await emulator.fetch(new Request(`http://localhost:9000/${BUCKET}/`, { method: 'POST', body: form }))
    const signed = signedRequest({ key: 'missing' })
    const authorization = signed.headers.get('authorization') ?? ''
    secrets.push(/q-signature=(\w+)/.exec(authorization)?.[1] ?? 'none')
    await emulator.fetch(signed)
    await emulator.fetch(new Request(`http://localhost:9000/${BUCKET}/missing?${authorization}&x-cos-security-token=a-token-that-is-wrong`))
    const requests = emulator.service.log.entries().map(({ requestId }) => `/_cosdrop/request?id=${encodeURIComponent(requestId)}`)
    expect(requests).toHaveLength(3)
    for (const path of ['/', ...requests]) {
      const { text } = await open(emulator, path)
      for (const secret of secrets) expect(text, path).not.toContain(secret)
    }
  })

  it('runs no script and loads nothing from elsewhere', async () => {
    const { text, headers } = await open(emulator, '/')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/)
    expect(text).not.toMatch(/<script|\son\w+=|https?:\/\//)
    const style = await open(emulator, '/_cosdrop/style.css')
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(style.text).not.toMatch(/@import|url\(/)
  })

  it('says what is missing for an address that leads nowhere', async () => {
    for (const path of ['/_cosdrop/', '/_cosdrop/bucket?name=none', `/_cosdrop/object?bucket=${BUCKET}&key=none`, '/_cosdrop/request?id=none']) {
      expect((await open(emulator, path)).status, path).toBe(404)
    }
  })

  it('changes nothing, and leaves no line in the log', async () => {
    await open(emulator, '/')
    expect(emulator.service.log.entries()).toEqual([])
    const reply = await emulator.fetch(new Request('http://localhost:9000/_cosdrop/bucket', { method: 'POST', body: 'x' }))
    expect(reply.status).toBe(405)
  })
})

describe('who may see the page', () => {
  it('nobody when the config says so', async () => {
    const emulator = emulatorWith({ page: false })
    expect((await open(emulator, '/_cosdrop/style.css')).status).toBe(404)
    expect((await open(emulator, '/')).headers.get('content-type')).toBe('application/xml')
  })

  it('no SDK by accident: without text/html the root is the list of buckets', async () => {
    const reply = await emulatorWith().fetch(signedRequest({ origin: 'http://localhost:9000' }))
    expect(await reply.text()).toContain('<ListAllMyBucketsResult>')
  })

  it('never on the host of a bucket, where the path is a key', async () => {
    const emulator = emulatorWith()
    const reply = await emulator.fetch(signedPost({ key: '_cosdrop/style.css' }))
    expect(reply.status).toBe(204)
    const got = await emulator.fetch(signedRequest({ key: '_cosdrop/style.css', headers: { Accept: 'text/html' } }))
    expect(await got.text()).toBe('[Object Content]')
  })

  describe('on the Node server', () => {
    let running: RunningEmulator
    beforeEach(async () => {
      running = await startEmulator({ config: { ...demoConfig, admin: true } })
    })
    afterEach(() => running.close())

    async function status(path: string, host: string): Promise<number> {
      const { request } = await import('node:http')
      return await new Promise((resolve, reject) => {
        const sent = request({ port: running.port, host: '127.0.0.1', path, headers: { Host: host, Accept: 'text/html' } }, (reply) => {
          reply.resume()
          resolve(reply.statusCode ?? 0)
        })
        sent.on('error', reject)
        sent.end()
      })
    }

    it('this machine under its own names, and no page of the internet that points its name here', async () => {
      expect(await status('/', `127.0.0.1:${running.port}`)).toBe(200)
      expect(await status('/', `localhost:${running.port}`)).toBe(200)
      expect(await status('/_cosdrop/admin/counts', `localhost:${running.port}`)).toBe(200)
      expect(await status('/', `rebound.example.com:${running.port}`)).toBe(403)
      expect(await status('/_cosdrop/style.css', `rebound.example.com:${running.port}`)).toBe(403)
      expect(await status('/_cosdrop/admin/counts', `rebound.example.com:${running.port}`)).toBe(403)
    })
  })
})

it('the template escapes whatever is not markup already', () => {
  expect(html`<a title="${'"<&\'>'}">${[html`<b>${1}</b>`, null, '<i>']}</a>`.markup).toBe(
    `<a title="&quot;&lt;&amp;&apos;&gt;"><b>1</b>&lt;i&gt;</a>`,
  )
})
