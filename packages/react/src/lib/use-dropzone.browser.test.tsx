import { createUploader, type Uploader } from '@cosdrop/core'
import { dragKind } from '@cosdrop/core/dom'
import { act, cleanup, render, renderHook, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { useDropzone, type DropzoneOptions, type RootProps } from './use-dropzone.ts'

afterEach(cleanup)

const newUploader = () => createUploader({ ...createScriptedEngine().options, autoUpload: false })
const names = (uploader: Uploader) => [...uploader.getSnapshot().items].map(({ name }) => name)

function Page({ uploader, options, rootProps }: { uploader: Uploader; options?: DropzoneOptions; rootProps?: RootProps }) {
  const { getRootProps, getInputProps, isDragActive, isDragAccept, isDragReject, dragCount } = useDropzone(uploader, options)
  const state = isDragReject ? 'reject' : isDragAccept ? 'accept' : isDragActive ? 'unknown' : 'idle'
  return (
    <div {...getRootProps(rootProps)} data-testid="root">
      <input {...getInputProps()} />
      <p data-testid="child">{`${state} ${dragCount ?? '-'}`}</p>
      <textarea aria-label="Notes" />
    </div>
  )
}

function transferOf(files: readonly File[], text?: string): DataTransfer {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  if (text !== undefined) transfer.setData('text/plain', text)
  return transfer
}
const png = (name = 'a.png') => new File(['x'], name, { type: 'image/png' })

function drag(type: string, target: Element, dataTransfer: DataTransfer): boolean {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })
  act(() => void target.dispatchEvent(event))
  return event.defaultPrevented
}
function paste(target: Element, clipboardData: DataTransfer): boolean {
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData })
  act(() => void target.dispatchEvent(event))
  return event.defaultPrevented
}

describe('dragging files over the root', () => {
  const told = (text: string) => waitFor(() => expect(screen.getByTestId('child').textContent).toBe(text))

  it('tells their number at once and the verdict a moment later, stays on over children, and ends when all were left', async () => {
    render(<Page uploader={newUploader()} options={{ restrictions: { accept: 'image/*' } }} />)
    const root = screen.getByTestId('root')
    const child = screen.getByTestId('child')
    const transfer = transferOf([png(), png()])
    drag('dragenter', root, transfer)
    expect(child.textContent).toBe('unknown 2')
    expect(root.dataset['dragging']).toBe('unknown')
    await told('accept 2')
    expect(root.dataset['dragging']).toBe('accept')
    drag('dragenter', child, transfer)
    drag('dragleave', root, transfer)
    expect(child.textContent).toBe('accept 2')
    drag('dragenter', root, transfer)
    drag('dragleave', child, transfer)
    expect(child.textContent).toBe('accept 2')
    drag('dragleave', root, transfer)
    expect(child.textContent).toBe('idle -')
    expect(root.dataset['dragging']).toBeUndefined()
  })

  it('does not say that files may be added where the list has no room for them', async () => {
    const options = { ...createScriptedEngine().options, autoUpload: false, restrictions: { maxFiles: 1 } }
    const uploader = createUploader(options)
    uploader.add([png()])
    render(<Page uploader={uploader} options={options} />)
    drag('dragenter', screen.getByTestId('root'), transferOf([png()]))
    await told('reject 1')
    expect(names(uploader)).toEqual(['a.png'])
  })

  it('ends when a child that was entered has vanished meanwhile', () => {
    render(<Page uploader={newUploader()} />)
    const root = screen.getByTestId('root')
    const row = root.appendChild(document.createElement('p'))
    const transfer = transferOf([png()])
    drag('dragenter', root, transfer)
    drag('dragenter', row, transfer)
    drag('dragleave', root, transfer)
    row.remove()
    drag('dragenter', root, transfer)
    expect(screen.getByTestId('child').textContent).toContain('1')
    drag('dragleave', root, transfer)
    expect(screen.getByTestId('child').textContent).toBe('idle -')
  })

  it('ends when what was under them has vanished, with a row that is stored and taken out, and the page is there instead', () => {
    render(<Page uploader={newUploader()} />)
    const root = screen.getByTestId('root')
    const row = root.appendChild(document.createElement('p'))
    const transfer = transferOf([png()])
    drag('dragenter', row, transfer)
    row.remove()
    drag('dragenter', document.body, transfer)
    drag('dragover', document.body, transfer)
    expect(screen.getByTestId('child').textContent).toBe('idle -')
  })

  it('ends so with another uploader on the page, whichever of them keeps the page from being replaced', () => {
    const uploader = newUploader()
    const { rerender } = render(<Page uploader={uploader} />)
    render(<Page uploader={newUploader()} />)
    const [root, other] = screen.getAllByTestId('root')
    const transfer = transferOf([png()])
    for (const zone of [root!, other!]) {
      const row = zone.appendChild(document.createElement('p'))
      drag('dragenter', row, transfer)
      row.remove()
      drag('dragenter', document.body, transfer)
      drag('dragover', document.body, transfer)
      expect(screen.getAllByTestId('child').map(({ textContent }) => textContent)).toEqual(['idle -', 'idle -'])
    }
    // One that may not take them any more, under the drag.
    drag('dragenter', root!, transfer)
    rerender(<Page uploader={uploader} options={{ disabled: true }} />)
    drag('dragover', root!, transfer)
    expect(screen.getAllByTestId('child').map(({ textContent }) => textContent)).toEqual(['idle -', 'idle -'])
  })

  it('is over at once when they are dropped, whatever is told later', async () => {
    render(<Page uploader={newUploader()} />)
    const root = screen.getByTestId('root')
    drag('dragenter', root, transferOf([png()]))
    drag('drop', root, transferOf([png()]))
    await act(async () => {
      await dragKind(transferOf([png()])).verdict
    })
    expect(screen.getByTestId('child').textContent).toBe('idle -')
  })

  it('is over also when the app takes the drop for itself', () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} rootProps={{ onDrop: (event) => event.preventDefault() }} />)
    const root = screen.getByTestId('root')
    drag('dragenter', root, transferOf([png()]))
    drag('drop', root, transferOf([png()]))
    expect(screen.getByTestId('child').textContent).toBe('idle -')
    expect(names(uploader)).toEqual([])
  })

  it('is over also when the app takes every drop before the page hears of it', () => {
    const take = (event: DragEvent): void => event.preventDefault()
    window.addEventListener('drop', take, true)
    render(<Page uploader={newUploader()} />)
    const root = screen.getByTestId('root')
    drag('dragenter', root, transferOf([png()]))
    drag('drop', root, transferOf([png()]))
    window.removeEventListener('drop', take, true)
    expect(screen.getByTestId('child').textContent).toBe('idle -')
  })

  it('says no to what cannot be added, and does not react to text', async () => {
    render(<Page uploader={newUploader()} options={{ restrictions: { accept: 'image/*' } }} />)
    const root = screen.getByTestId('root')
    const video = transferOf([new File(['x'], 'a.mp4', { type: 'video/mp4' })])
    drag('dragenter', root, video)
    await told('reject 1')
    drag('dragleave', root, video)
    expect(drag('dragenter', root, transferOf([], 'words'))).toBe(false)
    expect(screen.getByTestId('child').textContent).toBe('idle -')
  })

  it('lets the browser know that a drop is welcome', () => {
    render(<Page uploader={newUploader()} />)
    expect(drag('dragover', screen.getByTestId('root'), transferOf([png()]))).toBe(true)
  })

  it('renders nothing anew while they are held over it', async () => {
    let renders = 0
    const { result } = renderHook(() => {
      renders++
      return useDropzone(newUploader())
    })
    const event = { type: 'dragover', target: document.body, dataTransfer: transferOf([png()]), preventDefault: () => {} } as never
    await act(async () => result.current.getRootProps().onDragOver?.(event))
    expect(renders).toBe(1)
  })

  it('takes none of its own pictures for a file, as in a list that is sorted by dragging', async () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    const [root, child] = [screen.getByTestId('root'), screen.getByTestId('child')]
    // Chromium hands out what an <img> shows as a file, with the drag's other data.
    const transfer = transferOf([png()], 'a row of the app')
    drag('dragstart', child, transfer)
    drag('dragenter', root, transfer)
    expect(child.textContent).toBe('idle -')
    expect(transfer.getData('text/plain')).toBe('a row of the app')
    drag('drop', root, transfer)
    // Of somebody else: told by the time that the first would be in the list.
    drag('drop', root, transferOf([png('other.png')]))
    await waitFor(() => expect(names(uploader)).toContain('other.png'))
    expect(names(uploader)).toEqual(['other.png'])
  })

  it('lets text be dragged out of its fields', () => {
    render(<Page uploader={newUploader()} />)
    const transfer = transferOf([], 'words')
    drag('dragstart', screen.getByRole('textbox'), transfer)
    expect([...transfer.types]).toEqual(['text/plain'])
  })

  it('loses no file where the app fails at what it does with them', () => {
    const uploader = newUploader()
    const onTaken = () => {
      throw new Error('of the app')
    }
    const { result } = renderHook(() => useDropzone(uploader, { onTaken }))
    const chosen = { currentTarget: { files: transferOf([png()]).files, value: 'a.png' } } as never
    expect(() => result.current.getInputProps().onChange?.(chosen)).toThrow('of the app')
    expect(names(uploader)).toEqual(['a.png'])
  })

  it('adds what is dropped', async () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    const root = screen.getByTestId('root')
    drag('dragenter', root, transferOf([png()]))
    expect(drag('drop', root, transferOf([png('one.png'), png('two.png')]))).toBe(true)
    await waitFor(() => expect(names(uploader)).toEqual(['one.png', 'two.png']))
    expect(screen.getByTestId('child').textContent).toBe('idle -')
  })

  it('adds nothing while disabled', async () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} options={{ disabled: true, guardPage: false }} />)
    expect(drag('drop', screen.getByTestId('root'), transferOf([png()]))).toBe(false)
    await Promise.resolve()
    expect(names(uploader)).toEqual([])
  })

  it('adds nothing, and says nothing of what is dragged, while the form around it is disabled', async () => {
    const uploader = newUploader()
    const form = (
      <fieldset disabled>
        <Page uploader={uploader} options={{ guardPage: false }} />
      </fieldset>
    )
    render(form)
    const root = screen.getByTestId('root')
    expect(drag('dragenter', root, transferOf([png()]))).toBe(false)
    expect(screen.getByTestId('child').textContent).toBe('idle -')
    expect(drag('drop', root, transferOf([png()]))).toBe(false)
    expect(paste(root, transferOf([png()]))).toBe(false)
    expect(screen.getByTestId('child').textContent).toBe('idle -')
    await Promise.resolve()
    expect(names(uploader)).toEqual([])
  })
})

describe('a file in a dropped folder that cannot be opened', () => {
  const cause = new DOMException('', 'NotFoundError')
  const dropLocked = (): void => {
    const locked = { isFile: true, fullPath: '/folder/locked.txt', file: (_done: unknown, failed: (cause: unknown) => void) => failed(cause) }
    const parts = [[locked], []]
    const createReader = () => ({ readEntries: (done: (entries: unknown) => void) => done(parts.shift()) })
    const folder = { isDirectory: true, fullPath: '/folder', createReader }
    vi.spyOn(DataTransferItem.prototype, 'webkitGetAsEntry').mockReturnValueOnce(folder as unknown as FileSystemEntry)
    drag('drop', screen.getByTestId('root'), transferOf([png()]))
  }

  it('is told to the app, with its cause, and with the others of the drop', async () => {
    const told: unknown[] = []
    const options: DropzoneOptions = { onUnreadable: (...one) => told.push(one), onTaken: (...all) => told.push(all) }
    render(<Page uploader={newUploader()} options={options} />)
    dropLocked()
    await waitFor(() => expect(told).toHaveLength(2))
    expect(told).toEqual([
      ['folder/locked.txt', cause],
      [[], ['folder/locked.txt']],
    ])
  })

  it('is an error of the page where the app says nothing of it', async () => {
    const reported = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {})
    render(<Page uploader={newUploader()} />)
    dropLocked()
    await waitFor(() => expect(reported).toHaveBeenCalledWith(cause))
    reported.mockRestore()
  })
})

it('the file input takes no room, and nothing of it is seen', () => {
  render(<Page uploader={newUploader()} />)
  const input = document.querySelector('input')!
  const { position, width, height, clipPath } = getComputedStyle(input)
  expect({ position, width, height, clipPath }).toEqual({ position: 'absolute', width: '1px', height: '1px', clipPath: 'inset(50%)' })
})

describe('pasting', () => {
  it('adds a screenshot', async () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    expect(paste(screen.getByTestId('child'), transferOf([png('image.png')]))).toBe(true)
    await waitFor(() => expect(names(uploader)).toEqual(['image.png']))
  })

  it('leaves spreadsheet cells to the text field that they are pasted into', () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    expect(paste(screen.getByLabelText('Notes'), transferOf([png('image.png')], 'a\tb'))).toBe(false)
    expect(paste(screen.getByTestId('child'), transferOf([], 'words'))).toBe(false)
    expect(names(uploader)).toEqual([])
  })

  it('adds a picture that comes alone into a text field, and cells that are pasted beside one', async () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    expect(paste(screen.getByLabelText('Notes'), transferOf([png('alone.png')]))).toBe(true)
    expect(paste(screen.getByTestId('child'), transferOf([png('cells.png')], 'a\tb'))).toBe(true)
    await waitFor(() => expect(names(uploader)).toEqual(['alone.png', 'cells.png']))
  })
})

describe('on a page of which an element has a name that browsers make a property', () => {
  const show = (html: string): void => {
    document.body.insertAdjacentHTML('beforeend', `<div data-testid="app">${html}</div>`)
  }
  afterEach(() => document.querySelector('[data-testid=app]')?.remove())

  it.each(['<ul id="matches"></ul>', '<form><input name="matches"></form>'])('keeps files that miss the zone from replacing the page: %s', (html) => {
    show(html)
    render(<Page uploader={newUploader()} />)
    expect(drag('drop', document.querySelector('[data-testid=app] > *') ?? document.body, transferOf([png()]))).toBe(true)
  })

  it('adds a screenshot', async () => {
    show('<ul id="matches"></ul>')
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    expect(paste(screen.getByTestId('child'), transferOf([png('image.png')]))).toBe(true)
    await waitFor(() => expect(names(uploader)).toEqual(['image.png']))
  })
})

it('who closes the system’s file dialog without a file leaves the app’s dialog around the zone open', () => {
  const closed: string[] = []
  render(
    <dialog onCancel={() => closed.push('by React')}>
      <Page uploader={newUploader()} />
    </dialog>,
  )
  const dialog = document.querySelector('dialog')
  dialog?.addEventListener('cancel', () => closed.push('by the browser'))
  dialog?.showModal()
  dialog?.querySelector('input')?.dispatchEvent(new Event('cancel', { bubbles: true }))
  expect(closed).toEqual([])
  dialog?.dispatchEvent(new Event('cancel', { cancelable: true }))
  expect(closed).toHaveLength(2)
})
