import { BUCKETS, CREDENTIALS, REGION, startDevServer, type DevServer } from '@cosdrop/dev-server'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { dragElement } from './lib/drag-element.ts'
import { dropFiles } from './lib/drop-files.ts'
import { callCos, listKeys, readObject } from './lib/read-object.ts'
import { temporaryFolder } from './lib/temporary-folder.ts'
import { temporaryFile, type TemporaryFile } from './lib/temporary-file.ts'

const MEGABYTE = 1_000_000
const cosdrop = fileURLToPath(new URL('../../../packages/cli/src/command.ts', import.meta.url))

let server: DevServer
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  server = await startDevServer({ port: 0, cosPort: 0 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})
afterEach(() => page.context().close())

const dropIn = () => page.getByRole('region', { name: 'The drop-in' })
const zone = () => dropIn().locator('[data-part=dropzone]')
const row = (name: string) => dropIn().locator('[data-part=item]', { hasText: name })

async function open(query = ''): Promise<void> {
  await page.goto(`${server.url}${query}`)
  await zone().waitFor()
}

async function withFile(name: string, size: number, check: (file: TemporaryFile) => Promise<void>): Promise<void> {
  const file = temporaryFile(name, size)
  try {
    await check(file)
  } finally {
    file.remove()
  }
}

/** The key of the one object in the bucket whose name ends so. */
async function keyOf(name: string, bucket: string = BUCKETS.plain): Promise<string> {
  const keys = (await listKeys(server.cosUrl, bucket)).filter((key) => key.endsWith(name))
  expect(keys).toHaveLength(1)
  return keys[0]!
}

describe('a person drops a file of 20 MB on the page', () => {
  it('and sees progress move, then ETag and version id, and finds the same bytes in the bucket', async () => {
    await open()
    // A line of 8 MB/s, so that there is progress to see.
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 8 * MEGABYTE })
    await page.evaluate(() => {
      const seen = new Set<string>()
      Object.assign(globalThis, { seenProgress: seen })
      new MutationObserver(() => {
        for (const bar of document.querySelectorAll('[data-part=item-progress]')) seen.add(bar.getAttribute('aria-valuenow') ?? '')
      }).observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    await withFile('holiday-film.mov', 20 * MEGABYTE, async (file) => {
      await dropFiles(page, zone(), [file.path])
      await row('holiday-film').locator('[data-part=item-result]').waitFor({ timeout: 30_000 })
      const seen = await page.evaluate(() =>
        [...(Reflect.get(globalThis, 'seenProgress') as Set<string>)].map(Number).filter((value) => value > 0 && value < 100),
      )
      expect(new Set(seen).size).toBeGreaterThanOrEqual(5)
      expect(seen).toEqual(seen.toSorted((a, b) => a - b))

      const key = await keyOf('holiday-film.mov')
      expect(Buffer.compare(await readObject(server.cosUrl, key), file.bytes)).toBe(0)

      const head = await callCos(server.cosUrl, { method: 'HEAD', key })
      const copied = async (name: RegExp) => {
        await row('holiday-film').getByRole('button', { name }).click()
        return page.evaluate(() => navigator.clipboard.readText())
      }
      expect(await copied(/etag/i)).toBe(head.headers.get('etag'))
      expect(await copied(/version/i)).toBe(head.headers.get('x-cos-version-id'))
    })
    expect(complaints).toEqual([])
  })
})

it('a folder that is dropped lies in the bucket as it did on the disk', async () => {
  await open()
  const folder = temporaryFolder()
  try {
    await dropFiles(page, zone(), [folder.path])
    await dropIn()
      .getByText(/151 of 151/)
      .first()
      .waitFor({ timeout: 30_000 })
    const keys = (await listKeys(server.cosUrl, BUCKETS.plain)).filter((key) => key.startsWith('uploads/album/'))
    expect(keys.filter((key) => /^uploads\/album\/[\da-f-]{36}\.jpg$/.test(key))).toHaveLength(150)
    const [notes] = keys.filter((key) => /^uploads\/album\/夏-2026\/[\da-f-]{36}\.csv$/.test(key))
    expect(new TextDecoder().decode(await readObject(server.cosUrl, notes!))).toBe('a,b\n')
    expect(keys).toHaveLength(151)
    expect(complaints).toEqual([])
  } finally {
    folder.remove()
  }
})

describe('the hook in an interface of its own', () => {
  it('takes a file from the dialog and shows where it was stored', async () => {
    await open()
    const own = page.getByRole('region', { name: 'Your own interface' })
    await withFile('own-notes.txt', 3000, async (file) => {
      const chooser = page.waitForEvent('filechooser')
      await own.getByRole('button', { name: 'Choose files' }).click()
      await (await chooser).setFiles(file.path)
      await own.getByText(/Stored as .*own-notes\.txt, ETag ".{32}", version \S{27}/).waitFor()
      expect(Buffer.compare(await readObject(server.cosUrl, await keyOf('own-notes.txt')), file.bytes)).toBe(0)
    })
    expect(complaints).toEqual([])
  })
})

describe('what goes wrong is said on the page, with what to do, and leaves nothing in the bucket', () => {
  it.each([
    ['policy-down', /policy endpoint/i],
    ['policy-500', /policy endpoint.*500/is],
    ['policy-html', /HTML/],
    ['policy-refused', /Your 5 GB are used up/],
    ['policy-field-missing', /q-signature/],
    ['policy-tampered', /SignatureDoesNotMatch|signature/i],
    ['signature-wrong', /SignatureDoesNotMatch|signature/i],
    ['policy-expired', /expired/i],
    ['form-field-missing', /acl/],
    ['file-too-large', /larger than the policy allows/i],
    ['file-too-small', /smaller than the policy allows/i],
  ])('%s', async (trouble, words) => {
    await open(`?trouble=${trouble}`)
    await withFile(`bad-${trouble}.bin`, 200_000, async (file) => {
      await dropFiles(page, zone(), [file.path])
      await row(`bad-${trouble}`).locator('[data-part=item-error]').filter({ hasText: words }).waitFor({ timeout: 30_000 })
    })
    expect((await listKeys(server.cosUrl, BUCKETS.plain)).filter((key) => key.includes('/bad-'))).toEqual([])
  })

  it('a connection cut in the middle', async () => {
    await open('?trouble=connection-cut')
    await withFile('cut.bin', 20 * MEGABYTE, async (file) => {
      await dropFiles(page, zone(), [file.path])
      await row('cut.bin').getByText(/try/i).first().waitFor({ timeout: 30_000 })
    })
    expect(await listKeys(server.cosUrl, BUCKETS.cut)).toEqual([])
  })

  it('a bucket without CORS rules', async () => {
    await open('?trouble=bucket-no-cors')
    await withFile('no-cors.bin', 200_000, async (file) => {
      await dropFiles(page, zone(), [file.path])
      await row('no-cors').getByText(/CORS/).first().waitFor({ timeout: 30_000 })
    })
    expect(await listKeys(server.cosUrl, BUCKETS.noCors)).toEqual([])
  })

  it('a bucket that exposes no ETag stores the file, and says which setting hides it', async () => {
    await open('?trouble=bucket-no-etag')
    await withFile('no-etag.bin', 200_000, async (file) => {
      await dropFiles(page, zone(), [file.path])
      await row('no-etag')
        .getByText(/ExposeHeaders/)
        .first()
        .waitFor({ timeout: 30_000 })
      expect(Buffer.compare(await readObject(server.cosUrl, await keyOf('no-etag.bin', BUCKETS.noEtag), BUCKETS.noEtag), file.bytes)).toBe(0)
    })
  })
})

it('a preview that is dragged onto its own list is not stored again', async () => {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await open()
  await withFile('pixel.png', 0, async ({ path }) => {
    writeFileSync(path, Buffer.from(pixel, 'base64'))
    await dropFiles(page, zone(), [path])
    await row('pixel').locator('[data-part=item-result]').waitFor()
    await dragElement(page, row('pixel').locator('[data-part=item-preview] img'), row('pixel').locator('[data-part=item-name]'))
    // What is added shows at once.
    await page.waitForTimeout(1_000)
    expect(await dropIn().locator('[data-part=item]').count()).toBe(1)
  })
})

it('the form of cosdrop sign keeps Chinese names, also in a page that does not say how it is encoded', async () => {
  const endpoint = `${server.cosUrl}/${BUCKETS.plain}/`
  const about = ['--bucket', BUCKETS.plain, '--region', REGION, '--endpoint', endpoint, '--key', '相册/${filename}', '--format', 'html']
  const env = { ...process.env, COS_SECRET_ID: CREDENTIALS.secretId, COS_SECRET_KEY: CREDENTIALS.secretKey }
  const { stdout } = await promisify(execFile)(process.execPath, [cosdrop, 'sign', ...about], { env })
  const plain = await browser.newPage({ javaScriptEnabled: false })
  await plain.route('**/form', (route) => route.fulfill({ contentType: 'text/html', body: stdout }))
  await plain.goto(`${server.url}form`)
  await plain.setInputFiles('[name=file]', { name: '夏.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  const answered = plain.waitForResponse((reply) => reply.request().method() === 'POST')
  await plain.locator('button').dispatchEvent('click')
  expect((await answered).status()).toBe(204)
  await plain.close()
  expect((await listKeys(server.cosUrl, BUCKETS.plain)).filter((key) => key.startsWith('相册/'))).toEqual(['相册/夏.txt'])
})
