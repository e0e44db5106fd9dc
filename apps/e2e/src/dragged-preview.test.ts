import { BUCKETS, startDevServer, type DevServer } from '@cosdrop/dev-server'
import { setTimeout as wait } from 'node:timers/promises'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'
import { dropFiles } from './lib/drop-files.ts'
import { listKeys } from './lib/read-object.ts'

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

/** Playwright's own drags carry no files of the page: this one is the browser's from the press on. */
async function dragElement(page: Page, from: Locator, to: Locator): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (a === null || b === null) throw new Error('Nothing to drag, or nowhere to.')
  const start = { x: a.x + a.width / 2, y: a.y + a.height / 2 }
  const end = { x: b.x + b.width / 2, y: b.y + b.height / 2 }
  // The browser answers some of these only when the drag is over.
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: { x: number; y: number }) =>
    Promise.race([
      session.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 }),
      wait(300),
    ])
  await mouse('mousePressed', start)
  for (let step = 1; step <= 8; step++) {
    await mouse('mouseMoved', { x: start.x + ((end.x - start.x) * step) / 8, y: start.y + ((end.y - start.y) * step) / 8 })
  }
  await mouse('mouseReleased', end)
  await session.detach()
}

it('a preview that is dragged onto its own list is not stored again', async () => {
  const page = await browser.newPage()
  const picture = join(tmpdir(), `pixel-${crypto.randomUUID()}.png`)
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  writeFileSync(picture, Buffer.from(png, 'base64'))
  try {
    await page.goto(server.url)
    const widget = page.getByRole('region', { name: 'The drop-in' })
    await dropFiles(page, widget.locator('[data-part=dropzone]'), [picture])
    await widget.locator('[data-part=item-result]').waitFor()
    const stored = (await listKeys(server.cosUrl, BUCKETS.plain)).length
    await dragElement(page, widget.locator('[data-part=item-preview] img'), widget.locator('[data-part=item-name]'))
    // What would be added shows at once.
    await wait(1_000)
    expect(await widget.locator('[data-part=item]').count()).toBe(1)
    expect(await listKeys(server.cosUrl, BUCKETS.plain)).toHaveLength(stored)
  } finally {
    await page.close()
    rmSync(picture)
  }
})
