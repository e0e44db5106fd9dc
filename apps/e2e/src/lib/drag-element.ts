import { setTimeout as wait } from 'node:timers/promises'
import type { Locator, Page } from 'playwright'

/** Playwright's own drags carry no files of the page: this one is the browser's from the press on. */
export async function dragElement(page: Page, from: Locator, to: Locator): Promise<void> {
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
