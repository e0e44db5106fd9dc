import axe from 'axe-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'

const BUCKET = 'examplebucket-1250000000'
let emulator: Emulator

async function text(path: string): Promise<string> {
  return (await emulator.fetch(new Request(`http://localhost:9000${path}`, { headers: { Accept: 'text/html' } }))).text()
}

/** The page in a frame of its own, in the colours of a scheme. */
async function show(path: string, scheme: 'light' | 'dark', width: number): Promise<Document> {
  const frame = document.createElement('iframe')
  Object.assign(frame.style, { width: `${width}px`, height: '800px', border: '0' })
  const style = (await text('/_cosdrop/style.css')).replace('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
  frame.srcdoc = (await text(path)).replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  return frame.contentDocument!
}

async function violations(page: Document): Promise<readonly string[]> {
  const script = page.createElement('script')
  script.textContent = axe.source
  page.head.append(script)
  const { axe: inside } = page.defaultView as unknown as { axe: typeof axe }
  const { violations: found } = await inside.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

beforeAll(async () => {
  emulator = createEmulator({ config: { buckets: demoConfig.buckets.map((bucket) => ({ ...bucket, versioning: 'enabled' })) } })
  emulator.service.faults.add({ kind: 'delay', milliseconds: 0, times: 5 })
  for (const key of ['folder/picture.png', 'folder/picture.png', 'a-name-without-an-end-'.repeat(8)]) await emulator.fetch(signedPost({ key }))
  await emulator.fetch(signedRequest({ key: 'folder/picture.png', method: 'DELETE' }))
  await emulator.fetch(signedPost({ key: 'late', now: Date.now() - 9e6 }))
})
afterEach(() => document.querySelector('iframe')?.remove())

const paths = (): readonly string[] => [
  '/',
  `/_cosdrop/bucket?name=${BUCKET}`,
  `/_cosdrop/object?bucket=${BUCKET}&key=folder%2Fpicture.png`,
  `/_cosdrop/object?bucket=${BUCKET}&key=folder%2Fpicture.png&version=${emulator.service.storage.versionsOf(BUCKET, 'folder/picture.png')[1]?.versionId}`,
  `/_cosdrop/request?id=${encodeURIComponent(emulator.service.log.entries()[0]?.requestId ?? '')}`,
  '/_cosdrop/nowhere',
]

describe.each(['light', 'dark'] as const)('the page, %s', (scheme) => {
  it('can be read and used by everybody: no violation of WCAG 2.2 AA on any of its pages', async () => {
    for (const path of paths()) {
      const page = await show(path, scheme, 1000)
      const background = page.defaultView!.getComputedStyle(page.body).backgroundColor
      expect(background, path).toMatch(scheme === 'dark' ? /oklch\(0\.15 / : /oklch\(0\.962 /)
      expect(await violations(page), path).toEqual([])
      document.querySelector('iframe')?.remove()
    }
  })

  it('fits a phone without scrolling sideways', async () => {
    for (const path of paths()) {
      const page = await show(path, scheme, 320)
      expect(page.documentElement.scrollWidth, path).toBeLessThanOrEqual(320)
      document.querySelector('iframe')?.remove()
    }
  })
})
