// @vitest-environment jsdom
import { createUploader } from '@cosdrop/core'
import { cleanup, createEvent, fireEvent, render, renderHook, screen } from '@testing-library/react'
import { createRef } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { useDropzone, type DropzoneOptions } from './use-dropzone.ts'

afterEach(cleanup)

const newUploader = () => createUploader({ ...createScriptedEngine().options, autoUpload: false })
const getters = (options?: DropzoneOptions) => renderHook(() => useDropzone(newUploader(), options)).result.current

function Page({
  options,
  onClick,
  tabIndex,
  uploader = newUploader(),
}: {
  options?: DropzoneOptions
  onClick?: () => void
  tabIndex?: number
  uploader?: ReturnType<typeof newUploader>
}) {
  const { getRootProps, getInputProps, getTriggerProps } = useDropzone(uploader, options)
  return (
    <div {...getRootProps({ ...(onClick && { onClick }), ...(tabIndex !== undefined && { tabIndex }) })} data-testid="root">
      <input {...getInputProps()} data-testid="input" />
      <button {...getTriggerProps()}>Choose</button>
      <textarea aria-label="Notes" />
    </div>
  )
}

const clicksOnInput = () => {
  const clicked = vi.fn<() => void>()
  screen.getByTestId('input').addEventListener('click', clicked)
  return clicked
}

describe('prop getters', () => {
  it('mark their elements for styles and tests', () => {
    const { getRootProps, getInputProps, getTriggerProps, getItemProps } = getters({ disabled: true })
    expect(getRootProps()).toMatchObject({ 'data-scope': 'cosdrop', 'data-part': 'root', 'data-disabled': '' })
    expect(getInputProps()).toMatchObject({ 'data-part': 'hidden-input', type: 'file', disabled: true })
    expect(getTriggerProps()).toMatchObject({ 'data-part': 'trigger', type: 'button', disabled: true })
    expect(getItemProps('gone')).toMatchObject({ 'data-part': 'item', 'data-id': 'gone', 'data-state': undefined })
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
})

describe('opening the file dialog', () => {
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
    const { rerender } = render(<Page onClick={() => {}} />)
    const clicked = clicksOnInput()
    fireEvent.click(screen.getByTestId('root'))
    expect(clicked).toHaveBeenCalledTimes(1)
    const stop = vi.fn<(event?: { preventDefault: () => void }) => void>((event) => event?.preventDefault())
    rerender(<Page onClick={stop} />)
    fireEvent.click(screen.getByTestId('root'))
    expect(stop).toHaveBeenCalledTimes(1)
    expect(clicked).toHaveBeenCalledTimes(1)
  })

  it('works by Enter and Space on a root that the app made focusable, not by keys in its controls', () => {
    render(<Page tabIndex={0} />)
    const clicked = clicksOnInput()
    fireEvent.keyDown(screen.getByTestId('root'), { key: 'Enter' })
    fireEvent.keyDown(screen.getByTestId('root'), { key: ' ' })
    expect(clicked).toHaveBeenCalledTimes(2)
    fireEvent.keyDown(screen.getByLabelText('Notes'), { key: 'Enter' })
    fireEvent.keyDown(screen.getByTestId('root'), { key: 'a' })
    expect(clicked).toHaveBeenCalledTimes(2)
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
  const drop = (target: Element, types: readonly string[]) => {
    const event = createEvent.drop(target)
    Object.defineProperty(event, 'dataTransfer', { value: { types, dropEffect: 'copy' } })
    fireEvent(target, event)
    return event.defaultPrevented
  }

  it('does not replace the page', () => {
    render(<Page />)
    expect(drop(document.body, ['Files'])).toBe(true)
  })

  it('is left alone where it is text, where a text field takes it, and where the app says so', () => {
    const { rerender } = render(<Page />)
    expect(drop(document.body, ['text/plain'])).toBe(false)
    expect(drop(screen.getByLabelText('Notes'), ['text/plain'])).toBe(false)
    rerender(<Page options={{ guardPage: false }} />)
    expect(drop(document.body, ['Files'])).toBe(false)
  })
})
