import { BUCKETS, CREDENTIALS, REGION, startDevServer, type DevServer } from '@cosdrop/dev-server'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { listKeys } from './lib/read-object.ts'

const command = fileURLToPath(new URL('../../../packages/cli/src/command.ts', import.meta.url))
let server: DevServer
let browser: Browser

beforeAll(async () => {
  server = await startDevServer({ port: 0, cosPort: 0 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

it('the form of cosdrop sign keeps Chinese names, also in a page that does not say how it is encoded', async () => {
  const endpoint = `${server.cosUrl}/${BUCKETS.plain}/`
  const about = ['--bucket', BUCKETS.plain, '--region', REGION, '--endpoint', endpoint, '--key', '相册/${filename}', '--format', 'html']
  const env = { ...process.env, COS_SECRET_ID: CREDENTIALS.secretId, COS_SECRET_KEY: CREDENTIALS.secretKey }
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'sign', ...about], { env })
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.route('**/form', (route) => route.fulfill({ contentType: 'text/html', body: stdout }))
  await page.goto(`${server.url}form`)
  await page.setInputFiles('[name=file]', { name: '夏.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  const answered = page.waitForResponse((reply) => reply.request().method() === 'POST')
  await page.locator('button').dispatchEvent('click')
  expect((await answered).status()).toBe(204)
  expect(await listKeys(server.cosUrl, BUCKETS.plain)).toEqual(['相册/夏.txt'])
})
