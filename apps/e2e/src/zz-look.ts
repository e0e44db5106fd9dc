import { startDevServer } from '@cosdrop/dev-server'
import { launchChromium } from './lib/browser.ts'
import { dropFiles } from './lib/drop-files.ts'
import { temporaryFile } from './lib/temporary-file.ts'
const server = await startDevServer({ port: 0, cosPort: 0 })
const browser = await launchChromium()
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
page.on('console', (m) => console.log('console', m.type(), m.text()))
page.on('pageerror', (e) => console.log('pageerror', String(e)))
page.on('request', (r) => console.log('>', r.method(), r.url().slice(0, 120)))
page.on('response', (r) => r.url().includes('/src/') || console.log('<', r.status(), r.url().slice(0, 120)))
page.on('requestfailed', (r) => console.log('x', r.url().slice(0, 120), r.failure()?.errorText))
await page.goto(server.url + (process.argv[2] ?? ''))
await page.locator('[data-part=dropzone]').waitFor()
const f = temporaryFile('holiday-film.mov', 2_000_000)
console.log('------- drop')
await dropFiles(page, page.locator('[data-part=dropzone]'), [f.path])
await page.waitForTimeout(Number(process.argv[3] ?? 4000))
console.log(await page.locator('section').first().innerText())
await page.screenshot({ path: '/tmp/shots/look.png' })
f.remove()
await browser.close()
await server.close()
