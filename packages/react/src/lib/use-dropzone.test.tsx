// @vitest-environment jsdom
import { createUploader } from '@cosdrop/core'
import { cleanup, createEvent, fireEvent, render, renderHook, screen } from '@testing-library/react'
import { createRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { useDropzone, type DropzoneOptions, type InputProps, type RootProps } from './use-dropzone.ts'

afterEach(cleanup)

const newUploader = () => createUploader({ ...createScriptedEngine().options, autoUpload: false })
const getters = (options?: DropzoneOptions) => renderHook(() => useDropzone(newUploader(), options)).result.current

function Page({
  options,
  root,
  input,
  uploader = newUploader(),
  children,
}: {
  options?: DropzoneOptions
  root?: RootProps
  input?: InputProps
  uploader?: ReturnType<typeof newUploader>
  children?: ReactNode
}) {
  const { getRootProps, getInputProps, getTriggerProps } = useDropzone(uploader, options)
  return (
    <div {...getRootProps(root)} data-testid="root">
      <input {...getInputProps(input)} data-testid="input" />
      <button {...getTriggerProps()}>Choose</button>
      <textarea aria-label="Notes" />
      {children}
    </div>
  )
}

const clicksOnInput = () => {
  const clicked = vi.fn<() => void>()
  screen.getByTestId('input').addEventListener('click', clicked)
  return clicked
}

/** An element of a web component in the root. */
const inShadow = (tag: string): HTMLElement => {
  const host = screen.getByTestId('root').appendChild(document.createElement('x-component'))
  return host.attachShadow({ mode: 'open' }).appendChild(document.createElement(tag))
}

describe('prop getters', () => {
  it('mark their elements for styles and tests', () => {
    const { getRootProps, getInputProps, getTriggerProps, getItemProps } = getters({ disabled: true })
    expect(getRootProps()).toMatchObject({ 'data-scope': 'cosdrop', 'data-part': 'root', 'data-disabled': '' })
    expect(getInputProps()).toMatchObject({ 'data-part': 'hidden-input', type: 'file', disabled: true })
    expect(getTriggerProps()).toMatchObject({ 'data-part': 'trigger', type: 'button', disabled: true })
    expect(getItemProps('gone')).toMatchObject({ 'data-part': 'item', 'data-id': 'gone', 'data-state': undefined })
    expect(getters().getRootProps()).toMatchObject({ 'data-disabled': undefined })
  })

  it('mark a row alike, whether they are handed the item or its id', () => {
    const uploader = newUploader()
    const [id = ''] = uploader.add([new File(['a'], 'a.txt')])
    const { getItemProps } = renderHook(() => useDropzone(uploader)).result.current
    expect(getItemProps(id)).toMatchObject({ 'data-id': id, 'data-state': 'queued' })
    expect(getItemProps(uploader.getItem(id)!)).toEqual(getItemProps(id))
  })

  it('keep the role, the class and everything else that they are handed', () => {
    expect(getters().getRootProps({ role: 'region', className: 'mine', id: 'zone' })).toMatchObject({ role: 'region', className: 'mine', id: 'zone' })
    expect(getters().getTriggerProps({ type: 'submit', 'aria-label': 'Add' })).toMatchObject({ type: 'submit', 'aria-label': 'Add' })
  })

  it('turn restrictions into the input’s attributes', () => {
    expect(getters({ restrictions: { accept: { 'image/*': [], 'application/pdf': ['.pdf'] } } }).getInputProps()['accept']).toContain('image/*')
    expect(getters().getInputProps().multiple).toBe(true)
    expect(getters({ restrictions: { maxFiles: 1 } }).getInputProps().multiple).toBe(false)
    expect(getters({ directory: true }).getInputProps()).toMatchObject({ webkitdirectory: '' })
    expect(getters().getInputProps()).toMatchObject({ webkitdirectory: undefined })
  })

  it('hand the input to the app’s ref as well, under the name that its component asks for', () => {
    const ref = createRef<HTMLInputElement>()
    const props = getters().getInputProps({ ref, refKey: 'inputRef' })
    expect(props).not.toHaveProperty('ref')
    const node = document.createElement('input')
    const setter: unknown = Reflect.get(props, 'inputRef')
    if (typeof setter !== 'function') throw new Error('no ref under that name')
    setter(node)
    expect(ref.current).toBe(node)
  })

  it('let what the app’s ref returned clean up after it', () => {
    const log: string[] = []
    const ref = (node: HTMLInputElement | null) => {
      log.push(node ? 'on' : 'null')
      return () => void log.push('off')
    }
    render(<Page input={{ ref }} />).unmount()
    expect(log).toEqual(['on', 'off'])
  })
})

describe('opening the file dialog', () => {
  it('does not open that of an input which is gone, whatever the app’s ref returned', () => {
    const Step = ({ shown }: { shown: boolean }) => {
      const { getInputProps, getTriggerProps } = useDropzone(newUploader())
      return (
        <>
          {shown && <input {...getInputProps({ ref: () => () => {} })} data-testid="input" />}
          <button {...getTriggerProps()}>Choose</button>
        </>
      )
    }
    const { rerender } = render(<Step shown />)
    const clicked = clicksOnInput()
    rerender(<Step shown={false} />)
    fireEvent.click(screen.getByRole('button'))
    expect(clicked).not.toHaveBeenCalled()
  })

  it('works by the trigger, and once', () => {
    render(<Page />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByRole('button'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by a click beside the controls, unless that is turned off', () => {
    const { rerender } = render(<Page />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
    fireEvent.click(screen.getByLabelText('Notes'))
    rerender(<Page options={{ openOnClick: false }} />)
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('leaves it to the app’s handler to say no', () => {
    const { rerender } = render(<Page root={{ onClick: () => {} }} />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
    const stop = vi.fn<(event?: { preventDefault: () => void }) => void>((event) => event?.preventDefault())
    rerender(<Page root={{ onClick: stop }} />)
    fireEvent.click(screen.getByTestId('root'))
    expect(stop).toHaveBeenCalledTimes(1)
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by Enter and Space on a root that the app made focusable, not by keys in its controls', () => {
    render(<Page root={{ tabIndex: 0 }} />)
    const clicked = clicksOnInput()
    expect(fireEvent.keyDown(screen.getByTestId('root'), { key: 'Enter' })).toBe(false)
    // Nor does the page scroll.
    expect(fireEvent.keyDown(screen.getByTestId('root'), { key: ' ' })).toBe(false)
    expect(clicked).toHaveBeenCalledTimes(2)
    fireEvent.keyDown(screen.getByLabelText('Notes'), { key: 'Enter' })
    fireEvent.keyDown(screen.getByTestId('root'), { key: 'a' })
    expect(clicked).toHaveBeenCalledTimes(2)
  })

  it('works by a click on a root that the app made a button', () => {
    render(<Page root={{ role: 'button', tabIndex: 0 }} />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by a click on a root that is a label, and once', () => {
    function Label() {
      const { getRootProps, getInputProps } = useDropzone(newUploader())
      return (
        <label {...getRootProps()} data-testid="root">
          <input {...getInputProps()} data-testid="input" />
        </label>
      )
    }
    render(<Label />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by a click on a root inside an editor', () => {
    render(
      <div contentEditable suppressContentEditableWarning>
        <div contentEditable={false}>
          <Page />
        </div>
      </div>,
    )
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('does not work by a click in a dialog that is rendered elsewhere in the page', () => {
    render(<Page>{createPortal(<p data-testid="dialog">Details</p>, document.body)}</Page>)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('dialog'))
    expect(clicked).not.toHaveBeenCalled()
  })

  it('works by a click in a zone inside another for that zone alone', () => {
    const inner = vi.fn<() => void>()
    function Inner() {
      const { getRootProps, getInputProps } = useDropzone(newUploader())
      return (
        <div {...getRootProps()} data-testid="inner">
          <input {...getInputProps({ onClick: inner })} />
        </div>
      )
    }
    render(
      <Page>
        <Inner />
      </Page>,
    )
    const outer = clicksOnInput()
    fireEvent.click(screen.getByTestId('inner'))
    expect(inner).toHaveBeenCalledTimes(1)
    expect(outer).not.toHaveBeenCalled()
  })

  it('works by a click on another library’s part inside the root, which may be called root as well', () => {
    // Ark UI, Chakra UI and Zag name their parts in the same way.
    render(
      <Page>
        <div data-scope="avatar" data-part="root">
          <svg data-testid="picture" />
        </div>
      </Page>,
    )
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('picture'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by a click on a root that the app gave a name of its own', () => {
    render(<Page root={{ 'data-part': 'attachments' }} />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by a click on an editor that is turned off', () => {
    render(
      <Page>
        <p contentEditable={false}>Description</p>
      </Page>,
    )
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByText('Description'))
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('does not work by a click on a button of a web component', () => {
    render(<Page />)
    const clicked = clicksOnInput()
    fireEvent.click(inShadow('button'), { composed: true })
    expect(clicked).not.toHaveBeenCalled()
  })

  it('is one click to the app’s handler on the root', () => {
    const theirs = vi.fn<() => void>()
    render(<Page root={{ onClick: theirs }} />)
    fireEvent.click(screen.getByTestId('root'))
    expect(theirs).toHaveBeenCalledTimes(1)
  })

  it('knows controls in another window, such as an iframe', () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const body = frame.contentDocument!.body
    render(createPortal(<Page />, body))
    const find = (selector: string): HTMLElement => body.querySelector<HTMLElement>(selector)!
    const clicked = vi.fn<() => void>()
    find('input').addEventListener('click', clicked)
    find('textarea').click()
    expect(clicked).not.toHaveBeenCalled()
    find('[data-testid=root]').click()
    expect(clicked).toHaveBeenCalledTimes(1)
    frame.remove()
  })

  it('does not work while disabled', () => {
    render(<Page options={{ disabled: true }} />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).not.toHaveBeenCalled()
  })
})

describe('choosing files', () => {
  it('adds them, and lets the same file be chosen again', () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    const input = screen.getByTestId<HTMLInputElement>('input')
    for (const name of ['a.txt', 'a.txt']) {
      Object.defineProperty(input, 'files', { value: [new File(['x'], name)], configurable: true })
      const cleared = vi.spyOn(input, 'value', 'set')
      fireEvent.change(input)
      expect(cleared).toHaveBeenCalledWith('')
      cleared.mockRestore()
    }
    expect([...uploader.getSnapshot().items].map(({ name }) => name)).toEqual(['a.txt', 'a.txt'])
  })

  it('leaves out what systems put into a chosen folder', () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} options={{ directory: true }} />)
    const files = ['.DS_Store', 'a.jpg', 'Thumbs.db'].map((name) =>
      Object.defineProperty(new File(['x'], name), 'webkitRelativePath', { value: `album/${name}` }),
    )
    fireEvent.change(screen.getByTestId('input'), { target: { files } })
    expect([...uploader.getSnapshot().items].map(({ relativePath }) => relativePath)).toEqual(['album/a.jpg'])
  })

  it('leaves files to the app that keeps them from being added, also when the page renders again', () => {
    const uploader = newUploader()
    const Keeping = () => {
      const { getInputProps } = useDropzone(uploader)
      return <input {...getInputProps({ onChange: (event) => event.preventDefault() })} data-testid="input" />
    }
    const { rerender } = render(<Keeping />)
    fireEvent.change(screen.getByTestId('input'), { target: { files: [new File(['x'], 'a.txt')] } })
    rerender(<Keeping />)
    expect(uploader.getSnapshot().ids).toEqual([])
  })
})

describe('a file dropped beside the zone', () => {
  const drop = (target: Element, types: readonly string[], kind: 'drop' | 'dragOver' = 'drop') => {
    const event = createEvent[kind](target)
    Object.defineProperty(event, 'dataTransfer', { value: { types, dropEffect: 'copy' } })
    fireEvent(target, event)
    return event.defaultPrevented
  }

  it('does not replace the page', () => {
    render(<Page />)
    expect(drop(document.body, ['Files'])).toBe(true)
  })

  it('shows while it is dragged that it is not taken, over the zone that it is, as a copy, and over another library’s what that says', () => {
    render(<Page />)
    const dragOver = (target: Element) => {
      const event = createEvent.dragOver(target)
      const dataTransfer = { types: ['Files'], dropEffect: 'move' }
      Object.defineProperty(event, 'dataTransfer', { value: dataTransfer })
      fireEvent(target, event)
      return dataTransfer.dropEffect
    }
    expect(dragOver(document.body)).toBe('none')
    expect(dragOver(screen.getByTestId('root'))).toBe('copy')
    const other = document.body.appendChild(document.createElement('div'))
    other.addEventListener('dragover', (event) => event.preventDefault())
    expect(dragOver(other)).toBe('move')
    other.remove()
  })

  it('does not replace it while any zone is left on the page', () => {
    const Guarded = () => <div {...useDropzone(newUploader()).getRootProps()} />
    const { rerender } = render([<Guarded key="first" />, <Guarded key="second" />])
    expect(drop(document.body, ['Files'])).toBe(true)
    rerender([<Guarded key="second" />])
    expect(drop(document.body, ['Files'])).toBe(true)
    rerender([])
    expect(drop(document.body, ['Files'])).toBe(false)
  })

  it.each(['checkbox', 'range', 'button', 'text'])('does not replace it either on an input of the type %s', (type) => {
    render(
      <Page>
        <input type={type} aria-label="Other" />
      </Page>,
    )
    expect(drop(screen.getByLabelText('Other'), ['Files'])).toBe(true)
  })

  it('goes to another file input, or an editor', () => {
    render(
      <Page>
        <input type="file" aria-label="Other" />
        <p contentEditable suppressContentEditableWarning>
          Text
        </p>
      </Page>,
    )
    expect(drop(screen.getByLabelText('Other'), ['Files'])).toBe(false)
    expect(drop(screen.getByText('Text'), ['Files'])).toBe(false)
  })

  it('goes to a file input inside a web component', () => {
    render(<Page />)
    const host = document.body.appendChild(document.createElement('div'))
    const input = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('input'))
    input.type = 'file'
    expect(drop(input, ['Files'])).toBe(false)
    host.remove()
  })

  it('does not replace it either on an editor that is turned off', () => {
    render(
      <Page>
        <p contentEditable={false}>Description</p>
      </Page>,
    )
    expect(drop(screen.getByText('Description'), ['Files'])).toBe(true)
  })

  it('is the page’s own matter again, while it is dragged as well, once the zone has gone', () => {
    const { rerender, unmount } = render(<Page />)
    rerender(<Page />)
    expect(drop(document.body, ['Files'], 'dragOver')).toBe(true)
    unmount()
    expect(drop(document.body, ['Files'], 'dragOver')).toBe(false)
    expect(drop(document.body, ['Files'])).toBe(false)
  })

  it('does not replace the other window in which a portal shows the zone, nor the page', () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const { body } = frame.contentDocument!
    const { unmount } = render(createPortal(<Page />, body))
    expect(drop(body, ['Files'])).toBe(true)
    expect(drop(document.body, ['Files'])).toBe(true)
    unmount()
    expect(drop(body, ['Files'])).toBe(false)
    frame.remove()
  })

  it('does not replace the other window either where the app moves the zone there later', () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const { body } = frame.contentDocument!
    function App({ undocked }: { readonly undocked: boolean }) {
      const { getRootProps, getInputProps } = useDropzone(newUploader())
      const zone = (
        <div {...getRootProps()}>
          <input {...getInputProps()} />
        </div>
      )
      return undocked ? createPortal(zone, body) : zone
    }
    const { rerender, unmount } = render(<App undocked={false} />)
    rerender(<App undocked />)
    expect(drop(body, ['Files'])).toBe(true)
    rerender(<App undocked={false} />)
    expect(drop(body, ['Files'])).toBe(false)
    expect(drop(document.body, ['Files'])).toBe(true)
    unmount()
    frame.remove()
  })

  it('is left alone where it is text, where a text field takes it, and where the app says so', () => {
    const { rerender } = render(<Page />)
    expect(drop(document.body, ['text/plain'])).toBe(false)
    expect(drop(screen.getByLabelText('Notes'), ['text/plain'])).toBe(false)
    rerender(<Page options={{ guardPage: false }} />)
    expect(drop(document.body, ['Files'])).toBe(false)
  })
})

it('cells pasted into the text field of a web component are its own', () => {
  render(<Page />)
  const event = new Event('paste', { bubbles: true, composed: true, cancelable: true })
  const picture = new File(['x'], 'image.png', { type: 'image/png' })
  Object.defineProperty(event, 'clipboardData', { value: { types: ['text/plain', 'Files'], files: [picture], items: [] } })
  fireEvent(inShadow('textarea'), event)
  expect(event.defaultPrevented).toBe(false)
})

it('a drag is over also when something inside the zone takes the drop and keeps it to itself', () => {
  function Zone() {
    const { getRootProps, isDragActive } = useDropzone(newUploader())
    return (
      <div {...getRootProps()} data-testid="root" data-active={isDragActive}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an editor, say */}
        <p
          data-testid="inner"
          onDrop={(event) => {
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      </div>
    )
  }
  render(<Zone />)
  const inner = screen.getByTestId('inner')
  const dataTransfer = { types: ['Files'], items: [], files: [] }
  fireEvent.dragEnter(inner, { dataTransfer })
  expect(screen.getByTestId('root').dataset['active']).toBe('true')
  fireEvent.drop(inner, { dataTransfer })
  expect(screen.getByTestId('root').dataset['active']).toBe('false')
})

it('an app that listens to drops on their way down hears of those on the zone', () => {
  const onDropCapture = vi.fn<() => void>()
  render(<Page root={{ onDropCapture }} />)
  fireEvent.drop(screen.getByLabelText('Notes'), { dataTransfer: { types: ['text/plain'], items: [], files: [] } })
  expect(onDropCapture).toHaveBeenCalledTimes(1)
})

describe('drags that a script made up, as an app’s own tests do', () => {
  it.each([undefined, { dataTransfer: { files: [] }, clipboardData: { files: [] } }])('break nothing where they tell little: %o', (told) => {
    const broken = vi.fn<(event: ErrorEvent) => void>((event) => event.preventDefault())
    window.addEventListener('error', broken)
    onTestFinished(() => window.removeEventListener('error', broken))
    render(<Page />)
    for (const target of [screen.getByTestId('root'), screen.getByLabelText('Notes'), document.body]) {
      for (const type of ['dragStart', 'dragEnter', 'dragOver', 'dragLeave', 'drop', 'paste'] as const) fireEvent[type](target, told)
    }
    expect(broken.mock.calls.map(([event]) => event.message)).toEqual([])
  })
})

describe('on a page with react-dnd, which prevents each drop of files before anybody hears of it', () => {
  const prevent = (event: Event): void => event.preventDefault()
  const files = [new File(['1'], 'a.txt')]
  const drop = () => fireEvent.drop(screen.getByTestId('root'), { dataTransfer: { files, types: ['Files'], items: [] } })
  beforeEach(() => {
    window.addEventListener('drop', prevent, true)
    return () => window.removeEventListener('drop', prevent, true)
  })

  it('dropped files are added', async () => {
    const uploader = newUploader()
    render(<Page uploader={uploader} />)
    drop()
    await vi.waitFor(() => expect(uploader.getSnapshot().ids).toHaveLength(1))
  })

  it('the app keeps files from being added as on any other', async () => {
    const onTaken = vi.fn<() => void>()
    render(<Page root={{ onDrop: (event) => event.preventDefault() }} options={{ onTaken }} />)
    drop()
    await new Promise((resolve) => setTimeout(resolve))
    expect(onTaken).not.toHaveBeenCalled()
  })

  it('a zone inside another takes them alone', async () => {
    const outer = vi.fn<() => void>()
    const inner = newUploader()
    function Outer() {
      return (
        <div {...useDropzone(newUploader(), { onTaken: outer }).getRootProps()}>
          <Page uploader={inner} />
        </div>
      )
    }
    render(<Outer />)
    drop()
    await vi.waitFor(() => expect(inner.getSnapshot().ids).toHaveLength(1))
    expect(outer).not.toHaveBeenCalled()
  })
})
