import '../styles.css'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import type { RecoveryStore, UploadState } from '@cosdrop/core'
import { Activity, StrictMode } from 'react'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CosUploader } from './cos-uploader.tsx'
import { focusedNear } from './focused-near.ts'
import { en } from './messages/en.ts'
import { containerIn, elsewhere } from './testing/elsewhere.ts'
import { failed, queued, sending, stored, storedResult } from './testing/staged-items.ts'
import { createStagedUploader } from './testing/staged-uploader.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const said = () => screen.getByRole('log').textContent.replaceAll(/[\u2068\u2069]/gu, '')
const button = (name: string) => screen.getByRole('button', { name })

function drop(target: Element, ...files: readonly File[]): void {
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  act(() => void target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })))
}

describe('a file that is dropped', () => {
  it('is stored in the bucket, and its row shows the ETag that storage answered', async () => {
    // MD5 of "hello": https://www.rfc-editor.org/rfc/rfc1321 gives the algorithm, any md5sum the value.
    const md5 = '5d41402abc4b2a76b9719d911017c592'
    render(<CosUploader policy={inject('policyUrl')} />, { wrapper: StrictMode })
    drop(screen.getByRole('group'), new File(['hello'], 'hello.txt', { type: 'text/plain' }))
    const row = await screen.findByRole('listitem')
    await waitFor(() => expect(within(row).getByText(/^Stored/u)).toBeDefined(), { timeout: 15_000 })
    expect(within(row).getByTitle(`"${md5}"`).textContent).toContain('5d41402a…17c592')
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
    await waitFor(() => expect(said()).toContain('1 file stored.'))
    expect(said().match(/Uploading 1 file\./gu)).toHaveLength(1)
  })

  it('is taken by the whole widget, the list included', async () => {
    const uploader = createStagedUploader({ items: [queued('a')] })
    render(<CosUploader uploader={uploader} />)
    drop(screen.getByRole('listitem'), new File(['x'], 'b'))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2))
  })
})

it.each([
  ['a dialog', { inlineSize: 'fit-content' }],
  ['a centred column', { display: 'flex', flexDirection: 'column', alignItems: 'center' }],
  ['a row', { display: 'flex' }],
  ['a centring grid', { display: 'grid', placeItems: 'center' }],
] as const)('the widget has a width in %s', (_, style) => {
  render(
    <div style={style}>
      <CosUploader uploader={createStagedUploader()} />
    </div>,
  )
  expect(screen.getByRole('group').getBoundingClientRect().width).toBeGreaterThan(200)
})

it('the file input is out of sight also where a Content-Security-Policy lets no styles through that the server wrote into its tag', () => {
  render(<CosUploader uploader={createStagedUploader()} />)
  const input = document.querySelector('input[type=file]')!
  input.removeAttribute('style')
  const { width, height } = input.getBoundingClientRect()
  expect([width, height, getComputedStyle(input).position]).toEqual([1, 1, 'absolute'])
})

describe('files that are dragged', () => {
  const drag = (...names: readonly string[]): void => {
    const dataTransfer = new DataTransfer()
    for (const name of names) dataTransfer.items.add(new File(['x'], name, { type: 'image/png' }))
    act(() => void screen.getByRole('group').dispatchEvent(new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer })))
  }

  it('are not called the wrong kind where they are too many', async () => {
    render(<CosUploader policy={inject('policyUrl')} endpointLimits={false} restrictions={{ accept: 'image/*', maxFiles: 1 }} />)
    drag('a.png', 'b.png')
    await waitFor(() => expect(document.querySelector('.cd-dropzone-drag')?.textContent).not.toMatch(/^Drop to add/u))
    expect(document.querySelector('.cd-dropzone-drag')?.textContent).toBe('1 at most')
  })
})

describe('what the policy endpoint tells before anything is sent', () => {
  it('is shown and checked: the limits, and how files are stored', async () => {
    render(<CosUploader policy={inject('policyUrl')} restrictions={{ accept: '.txt' }} />, { wrapper: StrictMode })
    await screen.findByText(/5 GB/u)
    expect(screen.getByText(/SSE-COS/u)).toBeDefined()
    drop(screen.getByRole('group'), new File(['x'], 'a.pdf', { type: 'application/pdf' }))
    await waitFor(() => expect(document.querySelector('[data-part=rejections]')?.textContent).toContain('a.pdf'))
    expect(screen.queryAllByRole('listitem')).toHaveLength(0)
  })

  it('holds where the app has a rule of its own that is not set', async () => {
    render(<CosUploader policy={inject('policyUrl')} restrictions={{ accept: '.txt', maxSize: undefined }} />)
    expect(await screen.findByText(/^TXT, up to 5 GB/u)).toBeDefined()
  })

  it('is not asked for when the app wants to say it itself', async () => {
    const asked = vi.spyOn(globalThis, 'fetch')
    render(<CosUploader policy={inject('policyUrl')} endpointLimits={false} restrictions={{ maxSize: 1024 }} />)
    await screen.findByText(/1 KB/u)
    expect(asked).not.toHaveBeenCalled()
  })
})

describe('a dropped folder with a file that cannot be opened', () => {
  it('gives its other files, and says which one is missing', async () => {
    const good = {
      isFile: true,
      isDirectory: false,
      name: 'good.txt',
      fullPath: '/folder/good.txt',
      file: (done: (file: File) => void) => done(new File(['x'], 'good.txt')),
    }
    const bad = {
      ...good,
      name: 'locked.txt',
      fullPath: '/folder/locked.txt',
      file: (_done: unknown, failed: (cause: unknown) => void) => failed(new DOMException('NotReadableError')),
    }
    const parts = [[good, bad], []]
    const folder = {
      isFile: false,
      isDirectory: true,
      name: 'folder',
      fullPath: '/folder',
      createReader: () => ({ readEntries: (done: (entries: unknown) => void) => done(parts.shift()) }),
    }
    vi.spyOn(DataTransferItem.prototype, 'webkitGetAsEntry').mockReturnValue(folder as unknown as FileSystemEntry)
    render(<CosUploader uploader={createStagedUploader()} />)
    drop(screen.getByRole('group'), new File([], 'folder'))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
    expect(screen.getByText('1 file was not added.', { selector: 'strong' }).parentElement?.textContent).toContain(
      'folder/locked.txt: the browser cannot open it.',
    )
    await userEvent.click(button('Dismiss'))
    expect(screen.queryByText('1 file was not added.', { selector: 'strong' })).toBeNull()
  })
})

describe('a dropped folder of files that cannot be opened is told aloud', () => {
  const late: (() => void)[] = []
  const dropFolder = (...names: readonly string[]): void => {
    const files = names.map((name) => ({
      isFile: true,
      fullPath: `/folder/${name}`,
      file(done: (file: File) => void, failed: (cause: unknown) => void) {
        const tell = (): void => (name.startsWith('bad') ? failed(new DOMException('NotFoundError')) : done(new File(['x'], name)))
        if (name.endsWith('late')) late.push(tell)
        // Browsers tell of each in a task of its own.
        else setTimeout(tell)
      },
    }))
    const parts = [files, []]
    const createReader = () => ({ readEntries: (done: (entries: unknown) => void) => done(parts.shift()) })
    const folder = { isDirectory: true, fullPath: '/folder', createReader }
    vi.spyOn(DataTransferItem.prototype, 'webkitGetAsEntry').mockReturnValue(folder as unknown as FileSystemEntry)
    drop(screen.getByRole('group'), new File([], 'folder'))
  }

  it('once, with how many they are, which, and why', async () => {
    render(<CosUploader uploader={createStagedUploader()} />)
    dropFolder('bad-1', 'bad-2', 'bad-3')
    await waitFor(() => expect(said()).toBe('3 files were not added. folder/bad-1, folder/bad-2 and folder/bad-3: the browser cannot open them.'))
    expect(screen.getByText('3 files were not added.', { selector: 'strong' }).parentElement?.textContent).toContain('the browser cannot open them.')
  })

  it('with how many they are of this drop, also where another is read meanwhile', async () => {
    render(<CosUploader uploader={createStagedUploader()} />)
    dropFolder('bad-1', 'bad-late')
    await waitFor(() => expect(late).toHaveLength(1))
    vi.spyOn(DataTransferItem.prototype, 'webkitGetAsEntry').mockReturnValue(null)
    drop(screen.getByRole('group'), new File(['x'], 'a'))
    await screen.findByRole('listitem')
    expect(said()).not.toContain('not added')
    for (const tell of late) tell()
    await waitFor(() => expect(said()).toContain('2 files were not added.'))
  })

  it('and so are those beside them that may not be added', async () => {
    render(<CosUploader policy={inject('policyUrl')} endpointLimits={false} restrictions={{ accept: 'image/*' }} />)
    dropFolder('bad-1', 'notes.txt')
    await waitFor(() =>
      expect(said()).toBe(
        '1 file was not added. folder/bad-1: the browser cannot open it.1 file was not added. notes.txt: only images can be added.',
      ),
    )
  })
})

describe('an empty folder that is dropped', () => {
  const dropFolder = (...contents: readonly (readonly unknown[])[]): void => {
    const parts = [...contents]
    const createReader = () => ({ readEntries: (done: (entries: unknown) => void) => done(parts.shift()) })
    const folder = { isFile: false, isDirectory: true, name: 'holiday', fullPath: '/holiday', createReader }
    vi.spyOn(DataTransferItem.prototype, 'webkitGetAsEntry').mockReturnValueOnce(folder as unknown as FileSystemEntry)
    drop(screen.getByRole('group'), new File([], 'holiday'))
  }

  it('is told, in sight and aloud, until it is dismissed or something is added', async () => {
    render(<CosUploader uploader={createStagedUploader()} />)
    dropFolder([])
    const told = () => screen.queryByText(en.emptyFolder, { selector: 'strong' })
    await waitFor(() => expect(told()).not.toBeNull())
    expect(said()).toBe(en.emptyFolder)
    await userEvent.click(button('Dismiss'))
    expect(told()).toBeNull()
    dropFolder([])
    await waitFor(() => expect(told()).not.toBeNull())
    drop(screen.getByRole('group'), new File(['x'], 'a'))
    await screen.findByRole('listitem')
    expect(told()).toBeNull()
  })

  it('is not called empty where what is in it cannot be opened', async () => {
    render(<CosUploader uploader={createStagedUploader()} />)
    const locked = {
      isFile: true,
      isDirectory: false,
      fullPath: '/holiday/a.txt',
      file: (_done: unknown, failed: (cause: unknown) => void) => failed(new DOMException('NotReadableError')),
    }
    dropFolder([locked], [])
    await screen.findByText('1 file was not added.', { selector: 'strong' })
    await Promise.resolve()
    expect(said()).toBe('1 file was not added. holiday/a.txt: the browser cannot open it.')
  })
})

describe('with the keyboard alone', () => {
  it('everything can be reached in order, and the trigger opens the dialog', async () => {
    const uploader = createStagedUploader({ items: [stored('a.png'), queued('b.png')] })
    render(<CosUploader uploader={uploader} />)
    const names: (string | null)[] = []
    for (let step = 0; step < 8; step += 1) {
      await userEvent.keyboard('{Tab}')
      const focused = document.activeElement
      names.push(focused?.getAttribute('aria-label') ?? focused?.textContent ?? null)
    }
    expect(names).toEqual([
      'choose files',
      'Pause',
      'Clear finished',
      'Show details of a.png',
      'Remove a.png from the list',
      'ETag 9b2cf535…985328 Copy ETag',
      'Version MTg0NDY3…MDc1Nw Copy Version',
      'Cancel b.png',
    ])
    let opened = 0
    document.querySelector('input[type=file]')?.addEventListener('click', (event) => {
      event.preventDefault()
      opened += 1
    })
    button('choose files').focus()
    await userEvent.keyboard('{Enter}')
    expect(opened).toBe(1)
  })
})

it('who holds Enter down a little long on "cancel" cancels one upload and no other, and takes none away', async () => {
  const uploader = createStagedUploader({ items: [queued('a'), queued('b')] })
  render(<CosUploader uploader={uploader} />)
  act(() => button('Cancel a').focus())
  await userEvent.keyboard('{Enter>4/}')
  expect([...uploader.getSnapshot().items].map(({ status }) => status)).toEqual(['canceled', 'queued'])
})

it.each([
  ['Clear finished', () => [stored('a'), stored('b')]],
  ['Remove a from the list', () => [stored('a')]],
  ['Retry 2', () => [failed('a'), failed('b')]],
])('who holds Enter down a little long on "%s" opens no file dialog by the button that has the focus then', async (name, items) => {
  render(<CosUploader uploader={createStagedUploader({ items: items() })} />)
  const opened = vi.fn<(event: Event) => void>((event) => event.preventDefault())
  document.querySelector('input[type=file]')?.addEventListener('click', opened)
  act(() => button(name).focus())
  await userEvent.keyboard('{Enter>4/}')
  expect(document.activeElement).toBe(button('choose files'))
  expect(opened).not.toHaveBeenCalled()
})

it('who holds Enter down a little long on "pause" has paused', async () => {
  const uploader = createStagedUploader({ items: [queued('a'), queued('b')] })
  render(<CosUploader uploader={uploader} />)
  act(() => button('Pause').focus())
  await userEvent.keyboard('{Enter>4/}')
  expect(uploader.getSnapshot().paused).toBe(true)
})

it('who holds Enter down in a field that an app puts into its rows has a line for each time', async () => {
  const uploader = createStagedUploader({ items: [queued('a')] })
  render(
    <CosUploader uploader={uploader}>
      <textarea aria-label="Caption" />
    </CosUploader>,
  )
  act(() => screen.getByRole('textbox').focus())
  await userEvent.keyboard('{Enter>4/}')
  expect(screen.getByRole('textbox')).toHaveProperty('value', '\n\n\n\n')
})

it('who tries a canceled file again and again where there is no room for it is told of one file', async () => {
  render(<CosUploader policy={inject('policyUrl')} autoUpload={false} restrictions={{ maxFiles: 1 }} />)
  const zone = screen.getByRole('group')
  drop(zone, new File(['x'], 'a'))
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel a' }))
  drop(zone, new File(['x'], 'b'))
  await screen.findByRole('button', { name: 'Cancel b' })
  for (let press = 0; press < 3; press += 1) await userEvent.click(button('Try a again'))
  expect(document.querySelector('[data-part=rejections]')?.textContent).toContain('1 file was not added.')
})

it('with autoUpload={false} files are sent when the button is pressed, and those added after that wait for it again', async () => {
  render(<CosUploader policy={inject('policyUrl')} autoUpload={false} />, { wrapper: StrictMode })
  const zone = screen.getByRole('group')
  drop(zone, new File(['a'], 'a'), new File(['b'], 'b'))
  const start = await screen.findByRole('button', { name: 'Upload 2 files' })
  act(() => start.focus())
  await userEvent.keyboard('{Enter}')
  expect(document.activeElement).not.toBe(document.body)
  drop(zone, new File(['c'], 'c'))
  await screen.findByRole('button', { name: 'Upload 1 file' })
  await waitFor(() => expect(screen.getAllByText(/^Stored/u)).toHaveLength(2), { timeout: 15_000 })
  await waitFor(() => expect(said()).toContain('2 files stored.'))
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull()
  await userEvent.click(button('Upload 1 file'))
  await waitFor(() => expect(screen.getAllByText(/^Stored/u)).toHaveLength(3), { timeout: 15_000 })
  await waitFor(() => expect(said()).toMatch(/1 file to upload\.Uploading 1 file\.1 file stored\.$/u))
})

describe('the focus', () => {
  const names = ['a', 'b', 'c'] as const

  it('moves to the next row after a removal, then to the one before, then to the trigger', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: names.map(stored) })} />)
    await userEvent.click(button('Remove b from the list'))
    expect(document.activeElement).toBe(button('Remove c from the list'))
    await userEvent.keyboard('{Enter}')
    expect(document.activeElement).toBe(button('Remove a from the list'))
    await userEvent.keyboard('{Enter}')
    expect(document.activeElement).toBe(button('choose files'))
    expect(said()).toContain('a removed from the list.')
  })

  it('stays on the last button when an upload is canceled, and moves there when "try again" is gone', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: [queued('a'), failed('b')] })} />)
    await userEvent.click(button('Cancel a'))
    expect(document.activeElement).toBe(button('Remove a from the list'))
    await userEvent.click(button('Try b again'))
    expect(document.activeElement).toBe(button('Cancel b'))
  })

  const { error } = failed('').state as Extract<UploadState, { status: 'error' }>
  const retrying: UploadState = { status: 'retrying', attempt: 1, maxAttempts: 6, retryAt: 1e12, error }

  it('moves to a button that stays when "pause" or "try again" goes by itself', async () => {
    const uploader = createStagedUploader({ items: [queued('a'), { name: 'b', state: retrying }] })
    render(<CosUploader uploader={uploader} />)
    const [a = '', b = ''] = uploader.getSnapshot().ids
    button('Try b again').focus()
    await act(async () => uploader.stage(b, sending(0)))
    expect(document.activeElement).toBe(button('Cancel b'))
    button('Pause').focus()
    await act(async () => void [a, b].map((id) => uploader.stage(id, { status: 'success', result: storedResult })))
    expect(document.activeElement).toBe(button('choose files'))
  })

  it.each(elsewhere)('moves to a button that stays in %s as well', async (place) => {
    const container = containerIn(place)
    const uploader = createStagedUploader({ items: [{ name: 'b', state: retrying }] })
    render(<CosUploader uploader={uploader} />, { container })
    within(container).getByRole('button', { name: 'Try b again' }).focus()
    await act(async () => uploader.stage(uploader.getSnapshot().ids[0] ?? '', sending(0)))
    expect(focusedNear(container)).toBe(within(container).getByRole('button', { name: 'Cancel b' }))
  })

  it('is not lost when the app takes out what "clear" and "retry" were there for', async () => {
    const uploader = createStagedUploader({ items: [stored('a'), queued('b'), failed('c')] })
    render(<CosUploader uploader={uploader} />)
    const [a = '', , c = ''] = uploader.getSnapshot().ids
    act(() => button('Retry 1').focus())
    await act(async () => uploader.remove(c))
    expect(document.activeElement).toBe(button('choose files'))
    act(() => button('Clear finished').focus())
    await act(async () => uploader.remove(a))
    expect(document.activeElement).toBe(button('choose files'))
  })

  it('stays in a widget that is disabled, so that Tab goes on from there', async () => {
    const uploader = createStagedUploader({ items: [stored('a'), failed('b')] })
    render(<CosUploader uploader={uploader} disabled />)
    await userEvent.click(button('Clear finished'))
    expect(document.activeElement).toBe(screen.getByRole('group'))
    await act(async () => uploader.add([{ file: new Blob(), name: 'c' }]))
    await act(async () => uploader.cancel())
    await userEvent.click(button('Remove c from the list'))
    expect(document.activeElement).toBe(screen.getByRole('group'))
  })

  it('is not lost when the button that cleared the list goes with it', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: names.map(stored) })} />)
    await userEvent.click(button('Clear finished'))
    expect(document.activeElement).toBe(button('choose files'))
  })
})

describe('what is announced', () => {
  it('is start, quarters, a failure by name and the end, each once, in StrictMode too', async () => {
    const uploader = createStagedUploader({ items: [queued('a.txt'), queued('b.txt')] })
    render(<CosUploader uploader={uploader} />, { wrapper: StrictMode })
    const [a = '', b = ''] = uploader.getSnapshot().ids
    const heard: string[] = []
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) heard.push((node.textContent ?? '').replaceAll(/[\u2068\u2069]/gu, ''))
    })
    observer.observe(screen.getByRole('log'), { childList: true })
    for (const sent of [0, 500, 700]) await act(async () => uploader.stage(a, sending(sent)))
    await act(async () => uploader.stage(a, { status: 'success', result: storedResult }))
    await act(async () => uploader.stage(b, sending(0)))
    const error = failed('').state
    await act(async () => uploader.stage(b, error))
    observer.disconnect()
    expect(heard).toEqual([
      'Uploading 2 files.',
      '25% uploaded, 0 of 2 files stored.',
      '50% uploaded, 1 of 2 files stored.',
      '1 file stored, 1 failed. b.txt: Connection stalled.',
    ])
  })

  it('is said once, whatever words the app hands over with each of its renders', async () => {
    const uploader = createStagedUploader({ items: [queued('a.txt')] })
    const { rerender } = render(<CosUploader uploader={uploader} messages={{ ...en }} />)
    const [a = ''] = uploader.getSnapshot().ids
    for (const sent of [0, 100, 300, 400]) {
      await act(async () => uploader.stage(a, sending(sent)))
      rerender(<CosUploader uploader={uploader} messages={{ ...en }} />)
    }
    expect(said()).toBe('Uploading 1 file.25% uploaded, 0 of 1 file stored.')
  })

  it('stands in one polite region that is there before anything is said', () => {
    render(<CosUploader uploader={createStagedUploader()} />)
    expect(screen.getAllByRole('log')).toHaveLength(1)
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('polite')
  })
})

describe('after a reload', () => {
  it('the list is as it was, each item once', async () => {
    const kept = { file: null, size: 1000, type: '', relativePath: null, priority: 0, prepared: false, result: storedResult }
    const recovery: RecoveryStore = {
      load: async () => [
        { ...kept, id: 'one', name: 'one.png', order: 0 },
        { ...kept, id: 'two', name: 'two.png', order: 1 },
      ],
      save: async () => {},
      note: async () => {},
      remove: async () => {},
      close: () => {},
    }
    render(<CosUploader policy="/api/policy" recovery={recovery} />, { wrapper: StrictMode })
    expect(await screen.findAllByText(/^Stored/u)).toHaveLength(2)
    expect(screen.getAllByRole('listitem').map((row) => row.querySelector('[data-part=item-name]')?.textContent)).toEqual(['one.png', 'two.png'])
  })

  it('the list comes back also where the tree was hidden before it was read', async () => {
    let read: () => void = () => {}
    const reading = new Promise<void>((resolve) => (read = resolve))
    const kept = {
      id: 'one',
      name: 'one.png',
      order: 0,
      file: null,
      size: 1000,
      type: '',
      relativePath: null,
      priority: 0,
      prepared: false,
      result: storedResult,
    }
    const load = vi.fn<RecoveryStore['load']>(() => reading.then(() => [kept]))
    const recovery: RecoveryStore = { load, save: async () => {}, note: async () => {}, remove: async () => {}, close: () => {} }
    const page = <CosUploader policy="/api/policy" recovery={recovery} />
    const { rerender } = render(<Activity>{page}</Activity>)
    await waitFor(() => expect(load).toHaveBeenCalled())
    rerender(<Activity mode="hidden">{page}</Activity>)
    await act(async () => read())
    expect(screen.queryAllByRole('listitem', { hidden: true })).toHaveLength(0)
    rerender(<Activity>{page}</Activity>)
    expect(await screen.findAllByText(/^Stored/u)).toHaveLength(1)
  })
})
