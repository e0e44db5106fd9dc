import { cdp } from 'vitest/browser'
import { beforeEach, describe, expect, inject, test } from 'vitest'
import type { FileInput } from '../uploader.ts'
import { dragKind } from './drag-kind.ts'
import type { DragVerdict } from './drag-verdict.ts'
import { filesFromClipboard } from './files-from-clipboard.ts'
import { filesFromInput } from './files-from-input.ts'
import { filesFromTransfer, type FilesFromTransferOptions } from './files-from-transfer.ts'
import type { Restrictions } from '../restrict/restrictions.ts'

let zone: HTMLElement
beforeEach(() => {
  document.body.innerHTML = ''
  zone = document.createElement('div')
  zone.style.cssText = 'position: fixed; inset: 0; background: #eee'
  document.body.append(zone)
})

type DragType = 'dragEnter' | 'dragOver' | 'drop'

/** The operating system's own drag, as a hand makes it: https://chromedevtools.github.io/devtools-protocol/tot/Input/#method-dispatchDragEvent */
async function drag(files: readonly string[], types: readonly DragType[] = ['dragEnter', 'dragOver', 'drop']): Promise<void> {
  const frame = window.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 }
  for (const type of types) {
    await cdp().send('Input.dispatchDragEvent', {
      type,
      x: frame.left + 50,
      y: frame.top + 50,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    })
  }
}

function whenDropped(options?: FilesFromTransferOptions): Promise<FileInput[]> {
  zone.addEventListener('dragover', (event) => event.preventDefault())
  return new Promise((resolve, reject) => {
    zone.addEventListener('drop', (event) => {
      event.preventDefault()
      if (event.dataTransfer) filesFromTransfer(event.dataTransfer, options).then(resolve, reject)
    })
  })
}

describe('a drop', () => {
  test('of a folder gives every file in it with its path, more than the browser lists at a time, and no leftovers of the system', async () => {
    const dropped = whenDropped()
    await drag([inject('dropFolder')])
    const files = await dropped
    expect(files).toHaveLength(151)
    const paths = files.map((input) => input.relativePath)
    expect(new Set(paths).size).toBe(151)
    expect(paths).toContain('album/000.jpg')
    expect(paths).toContain('album/149.jpg')
    expect(paths).toContain('album/夏 2026/notes.csv')
    const first = files.find((input) => input.relativePath === 'album/007.jpg')
    expect(await first?.file.text()).toBe('picture 7')
  })

  test('of single files gives them without a path, in their order', async () => {
    const dropped = whenDropped()
    const path = (name: string): string => `${inject('dropFolder')}/${name}`
    await drag([path('003.jpg'), path('001.jpg')])
    const files = await dropped
    expect(files.map((input) => input.relativePath)).toEqual([null, null])
    expect(files.map(({ file }) => file instanceof File && file.name)).toEqual(['003.jpg', '001.jpg'])
    expect(await Promise.all(files.map(({ file }) => file.text()))).toEqual(['picture 3', 'picture 1'])
  })

  test('of a folder and a file together gives both', async () => {
    const dropped = whenDropped()
    await drag([inject('dropFolder'), `${inject('dropFolder')}/001.jpg`])
    expect((await dropped).filter((input) => input.relativePath === null)).toHaveLength(1)
  })

  test('of files that a script made gives them too', async () => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['a'], 'a.txt'))
    transfer.items.add('only text', 'text/plain')
    expect(await filesFromTransfer(transfer)).toMatchObject([{ file: { name: 'a.txt' }, relativePath: null }])
  })
})

test('a folder of thousands is opened a few files at a time: the browser would hand them all over in one task, and the page would stand still', async () => {
  let open = 0
  let most = 0
  const entries = Array.from({ length: 1000 }, (_, index) => ({
    isFile: true,
    fullPath: `/album/${index}`,
    file(done: (file: File) => void) {
      most = Math.max(most, ++open)
      queueMicrotask(() => {
        open -= 1
        done(new File([], `${index}`))
      })
    },
  }))
  const parts = [entries, []]
  const folder = { isDirectory: true, createReader: () => ({ readEntries: (done: (part: unknown) => void) => done(parts.shift()) }) }
  const transfer = Object.defineProperty(new DataTransfer(), 'items', { value: [{ webkitGetAsEntry: () => folder }] })
  const files = await filesFromTransfer(transfer)
  expect(files.map(({ relativePath }) => relativePath)).toEqual(entries.map((_, index) => `album/${index}`))
  expect(most).toBeLessThanOrEqual(50)
})

describe('a file in a folder that cannot be opened', () => {
  const folder = { isDirectory: true, isFile: false, name: 'album', fullPath: '/album' }
  const cause = new DOMException('gone', 'NotFoundError')
  const entry = (name: string) => ({
    isDirectory: false,
    isFile: true,
    name,
    fullPath: `/album/${name}`,
    file: (done: (file: File) => void, failed: (error: unknown) => void) => (name === 'broken' ? failed(cause) : done(new File(['x'], name))),
  })
  /** A folder with a broken file cannot be made on every disk, so this drop is made by hand. */
  function transfer(): DataTransfer {
    const parts = [[entry('a'), entry('broken'), entry('b')], []]
    const createReader = () => ({ readEntries: (done: (entries: unknown[]) => void) => done(parts.shift() ?? []) })
    const real = new DataTransfer()
    const item = { kind: 'file', webkitGetAsEntry: () => ({ ...folder, createReader }), getAsFile: () => null }
    return Object.defineProperty(real, 'items', { value: [item] })
  }

  test('is told, and the others are kept', async () => {
    const told: unknown[] = []
    const files = await filesFromTransfer(transfer(), { onUnreadable: (...args) => told.push(args) })
    expect(files.map((input) => input.relativePath)).toEqual(['album/a', 'album/b'])
    expect(told).toEqual([['album/broken', cause]])
  })

  test('is not left out in silence when nobody listens', async () => {
    await expect(filesFromTransfer(transfer())).rejects.toMatchObject({ code: 'file-unreadable', details: { name: 'album/broken' } })
  })
})

describe('during a drag', () => {
  interface Told {
    readonly count: number | null
    readonly verdict: DragVerdict
  }
  async function kindOf(files: readonly string[], restrictions: Restrictions): Promise<Told> {
    const told = new Promise<Told>((resolve, reject) =>
      zone.addEventListener(
        'dragenter',
        ({ dataTransfer }) => {
          if (!dataTransfer) return reject(new Error('a drag without data'))
          const { count, verdict } = dragKind(dataTransfer, restrictions)
          verdict.then((said) => resolve({ count, verdict: said }), reject)
        },
        { once: true },
      ),
    )
    await drag(
      files.map((name) => `${inject('dropFolder')}${name}`),
      ['dragEnter'],
    )
    return told
  }

  test.each<[readonly string[], Restrictions, Told]>([
    [['/001.jpg', '/002.jpg'], {}, { count: 2, verdict: 'accept' }],
    [['/001.jpg'], { accept: 'image/*' }, { count: 1, verdict: 'accept' }],
    [['/001.jpg'], { accept: 'video/*' }, { count: 1, verdict: 'reject' }],
    [['/001.jpg', '/002.jpg'], { maxFiles: 1 }, { count: 2, verdict: 'reject' }],
    [['/001.jpg'], { accept: '.pdf' }, { count: 1, verdict: 'unknown' }],
    [['/001.jpg'], { accept: 'text/csv' }, { count: 1, verdict: 'unknown' }],
    [[''], { accept: 'image/*' }, { count: 1, verdict: 'unknown' }],
  ])('of %j the rule %j tells %j', async (files, restrictions, expected) => {
    expect(await kindOf(files, restrictions)).toEqual(expected)
  })

  test('text beside the files does not count', async () => {
    const transfer = new DataTransfer()
    transfer.items.add('https://example.com/a.png', 'text/uri-list')
    transfer.items.add(new File(['x'], 'a.png', { type: 'image/png' }))
    expect(dragKind(transfer).count).toBe(1)
    expect(await dragKind(transfer, { maxFiles: 1 }).verdict).toBe('accept')
  })

  test('a browser that hides the files until the drop leaves number and verdict open', async () => {
    const { count, verdict } = dragKind(new DataTransfer(), { accept: 'image/*' })
    expect([count, await verdict]).toEqual([null, 'unknown'])
  })
})

test('a chosen list stays when the input is emptied for the next choice', () => {
  const input = document.createElement('input')
  input.type = 'file'
  const transfer = new DataTransfer()
  transfer.items.add(new File(['a'], 'a.txt'))
  input.files = transfer.files
  const files = filesFromInput(input)
  input.value = ''
  expect(files).toMatchObject([{ file: { name: 'a.txt' }, relativePath: null }])
  expect(filesFromInput(input)).toEqual([])
})

test('a chosen folder keeps its paths', async () => {
  const input = document.createElement('input')
  input.type = 'file'
  input.webkitdirectory = true
  input.id = 'folder'
  zone.append(input)
  const chosen = new Promise((resolve) => input.addEventListener('change', resolve, { once: true }))
  const { result } = await cdp().send('Runtime.evaluate', {
    expression: `[...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument?.querySelector('#folder')).find(Boolean)`,
  })
  await cdp().send('DOM.setFileInputFiles', { files: [inject('dropFolder')], objectId: result.objectId ?? '' })
  await chosen
  expect(filesFromInput(input).map((file) => file.relativePath)).toContain('album/夏 2026/notes.csv')
})

test('a chosen folder gives no leftovers of the system, as a dropped one', async () => {
  const file = (path: string) => Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path })
  const paths = ['album/.DS_Store', 'album/a.jpg', 'album/b/Thumbs.db', 'album/b/thumbs.db', 'album/Desktop.ini']
  const files = Object.assign(paths.map(file), { item: () => null })
  expect(filesFromInput({ files }).map((input) => input.relativePath)).toEqual(['album/a.jpg'])
  expect(filesFromInput({ files: Object.assign([new File(['x'], 'desktop.ini')], { item: () => null }) })).toHaveLength(1)
})

test('a folder of which a browser lists everything at once is read however much it holds', async () => {
  // One for all: 200,000 would keep the browser's own process busy for half a minute, and every other test that needs it.
  const picture = new File([], 'picture.jpg')
  const file = (name: string) => ({
    isDirectory: false,
    isFile: true,
    name,
    fullPath: `/album/${name}`,
    file: (done: (file: File) => void) => done(picture),
  })
  const parts = [Array.from({ length: 200_000 }, (_, index) => file(`${index}.jpg`)), []]
  const createReader = () => ({ readEntries: (done: (entries: unknown[]) => void) => done(parts.shift() ?? []) })
  const folder = { isDirectory: true, isFile: false, name: 'album', fullPath: '/album', createReader }
  const transfer = Object.defineProperty(new DataTransfer(), 'items', {
    value: [{ kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => null }],
  })
  expect(await filesFromTransfer(transfer)).toHaveLength(200_000)
})

test('a paste gives its files, and a paste of text gives none', async () => {
  const clipboardData = new DataTransfer()
  clipboardData.items.add(new File(['png'], 'image.png', { type: 'image/png' }))
  expect(await filesFromClipboard(new ClipboardEvent('paste', { clipboardData }))).toMatchObject([{ file: { name: 'image.png' } }])
  expect(await filesFromClipboard(new ClipboardEvent('paste'))).toEqual([])
})
