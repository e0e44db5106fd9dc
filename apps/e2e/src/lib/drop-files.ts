import type { Locator, Page } from 'playwright'

/** Drags files of the disk onto an element and lets go, as a hand does: the page sees the operating system's own drag, not a made-up event. */
export async function dropFiles(page: Page, target: Locator, paths: readonly string[]): Promise<void> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('The drop target is not on the page.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const session = await page.context().newCDPSession(page)
  // 1: copy. https://chromedevtools.github.io/devtools-protocol/tot/Input/#type-DragData
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data })
  await session.detach()
}
