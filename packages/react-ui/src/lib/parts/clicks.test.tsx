// @vitest-environment jsdom
import { createUploader } from '@cosdrop/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { FormEvent } from 'react'
import { createPortal } from 'react-dom'
import { afterEach, expect, it, vi } from 'vitest'
import { CosUpload, CosUploader } from '../../index.ts'
import { failed, queued, stored } from '../testing/staged-items.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'

afterEach(cleanup)
const newUploader = () => createUploader({ policy: () => new Promise(() => {}), autoUpload: false })
const clicksOnInput = (container: Element) => {
  const clicked = vi.fn<() => void>()
  container.querySelector('input')!.addEventListener('click', clicked)
  return clicked
}

it('a click on a link in a drop zone of one’s own opens no file dialog', () => {
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone>
        <a href="#terms">Terms</a>
      </CosUpload.Dropzone>
    </CosUploader>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByText('Terms'))
  expect(clicked).not.toHaveBeenCalled()
})

it('a drop zone that is handed a handler still opens', () => {
  const theirs = vi.fn<() => void>()
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone onClick={theirs} data-testid="zone" />
    </CosUploader>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByTestId('zone'))
  expect(theirs).toHaveBeenCalledTimes(1)
  expect(clicked).toHaveBeenCalledTimes(1)
})

it('a clear trigger that is handed a handler still clears', async () => {
  const uploader = newUploader()
  uploader.add([new File(['x'], 'a')])
  uploader.cancel()
  render(
    <CosUploader uploader={uploader}>
      <CosUpload.ClearTrigger onClick={() => {}}>Clear</CosUpload.ClearTrigger>
    </CosUploader>,
  )
  fireEvent.click(screen.getByText('Clear'))
  expect(uploader.getSnapshot().ids).toEqual([])
})

it('a click in a dialog that a drop zone of one’s own renders elsewhere opens no file dialog', () => {
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone>
        Drop here
        {createPortal(<p>Which files may I send?</p>, document.body)}
      </CosUpload.Dropzone>
    </CosUploader>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByText('Which files may I send?'))
  expect(clicked).not.toHaveBeenCalled()
})

it('a click on what an app made a button, or an editor, in a drop zone of its own opens no file dialog', () => {
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone>
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what some apps have */}
        <span role="button" tabIndex={0}>
          Help
        </span>
        <p contentEditable suppressContentEditableWarning>
          Caption
        </p>
      </CosUpload.Dropzone>
    </CosUploader>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByText('Help'))
  expect(clicked).not.toHaveBeenCalled()
  fireEvent.click(screen.getByText('Caption'))
  expect(clicked).not.toHaveBeenCalled()
})

it('the trigger opens the file dialog once also in another window, such as an iframe', () => {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const body = frame.contentDocument!.body
  render(createPortal(<CosUploader uploader={newUploader()} />, body))
  const clicked = clicksOnInput(body)
  body.querySelector<HTMLElement>('[data-part=trigger]')!.click()
  expect(clicked).toHaveBeenCalledTimes(1)
  body.querySelector<HTMLElement>('[data-part=dropzone]')!.click()
  expect(clicked).toHaveBeenCalledTimes(2)
  frame.remove()
})

it('a drop zone in a label opens the file dialog, and once', () => {
  const { container } = render(
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the input is the widget's
    <label>
      Attachments
      <CosUploader uploader={newUploader()}>
        <CosUpload.Dropzone data-testid="zone">Drop here</CosUpload.Dropzone>
      </CosUploader>
    </label>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByTestId('zone'))
  expect(clicked).toHaveBeenCalledTimes(1)
})

it('the focus of a clear trigger goes to the uploader’s own trigger, not to another library’s', async () => {
  const uploader = newUploader()
  uploader.add([new File(['x'], 'a')])
  uploader.cancel()
  render(
    <CosUploader uploader={uploader}>
      <button data-scope="menu" data-part="trigger">
        Menu
      </button>
      <CosUpload.ClearTrigger>Clear</CosUpload.ClearTrigger>
      <CosUpload.Trigger>Choose</CosUpload.Trigger>
    </CosUploader>,
  )
  screen.getByText('Clear').focus()
  fireEvent.click(screen.getByText('Clear'))
  await act(async () => {})
  expect(document.activeElement).toBe(screen.getByText('Choose'))
})

it('a click on a button of a web component in a drop zone of one’s own opens no file dialog', () => {
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone data-testid="zone">Drop here</CosUpload.Dropzone>
    </CosUploader>,
  )
  const host = screen.getByTestId('zone').appendChild(document.createElement('x-button'))
  const button = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('button'))
  const clicked = clicksOnInput(container)
  fireEvent.click(button, { composed: true })
  expect(clicked).not.toHaveBeenCalled()
})

it('no button of a widget that stands in a form sends the form', () => {
  const sent = vi.fn<(event: FormEvent) => void>((event) => event.preventDefault())
  const rejections = [{ file: new Blob(), name: 'c', errors: [{ code: 'too-many-files', message: '"c" was refused: at most 2 in all.' }] }] as const
  render(
    <form onSubmit={sent}>
      <CosUploader uploader={createStagedUploader({ items: [stored('a'), failed('b')], rejections })} />
    </form>,
  )
  const seen = new Set<string | null>()
  for (let button: HTMLElement | undefined; (button = screen.queryAllByRole('button').find((each) => !seen.has(each.dataset['part'] ?? null)));) {
    seen.add(button.dataset['part'] ?? null)
    fireEvent.click(button, { detail: 1 })
  }
  expect(seen.size).toBeGreaterThan(5)
  expect(sent).not.toHaveBeenCalled()
})

it.each([
  ['"try again" for all pauses none of them', [failed('a'), failed('b')], 'Retry 2', 'Pause', ['queued', 'queued']],
  ['"clear" does not pause what is left', [stored('a'), queued('b'), queued('c')], 'Clear finished', 'Pause', ['queued', 'queued']],
  ['"remove" cancels no upload below', [stored('a'), queued('b')], 'Remove a from the list', 'Cancel b', ['queued']],
] as const)('a double click on %s', async (_, items, first, second, left) => {
  const uploader = createStagedUploader({ items })
  render(<CosUploader uploader={uploader} />)
  fireEvent.click(screen.getByRole('button', { name: first }), { detail: 1 })
  await act(() => Promise.resolve())
  fireEvent.click(screen.getByRole('button', { name: second }), { detail: 2 })
  expect([...uploader.getSnapshot().items].map(({ status }) => status)).toEqual(left)
  expect(uploader.getSnapshot().paused).toBe(false)
})

it('a double click on "remove" of the last row opens no file dialog by the drop zone, which is large then', async () => {
  const theirs = vi.fn<() => void>()
  const { container } = render(
    <CosUploader uploader={createStagedUploader({ items: [stored('a')] })}>
      <CosUpload.Dropzone onClick={theirs} data-testid="zone" />
      <CosUpload.Panel />
    </CosUploader>,
  )
  const opened = clicksOnInput(container)
  fireEvent.click(screen.getByRole('button', { name: 'Remove a from the list' }), { detail: 1 })
  await act(() => Promise.resolve())
  fireEvent.click(screen.getByTestId('zone'), { detail: 2 })
  expect(opened).not.toHaveBeenCalled()
  expect(theirs).toHaveBeenCalledTimes(1)
})

it('who clicks quickly in one place removes one row after the other', async () => {
  const uploader = createStagedUploader({ items: [stored('a'), stored('b')] })
  render(<CosUploader uploader={uploader} />)
  for (const [detail, name] of ['a', 'b'].entries()) {
    fireEvent.click(screen.getByRole('button', { name: `Remove ${name} from the list` }), { detail: detail + 1 })
    await act(() => Promise.resolve())
  }
  expect(uploader.getSnapshot().ids).toEqual([])
})

it.each([
  ['the row’s own buttons', (id: string) => <CosUpload.Item id={id} />],
  [
    'buttons that an app puts into its rows',
    (id: string) => (
      <CosUpload.Item id={id}>
        <CosUpload.ItemRetryTrigger /> <CosUpload.ItemCancelTrigger /> <CosUpload.ItemRemoveTrigger />
      </CosUpload.Item>
    ),
  ],
])('a double click on "cancel" leaves the row there, to be tried again, and a click after it removes it: %s', async (_, row) => {
  const uploader = newUploader()
  const [id = ''] = uploader.add([new File(['x'], 'a')])
  render(
    <CosUploader uploader={uploader}>
      <CosUpload.List>{row}</CosUpload.List>
    </CosUploader>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Cancel a' }), { detail: 1 })
  await act(() => Promise.resolve())
  fireEvent.click(screen.getByRole('button', { name: /^Remove a/u }), { detail: 2 })
  expect(uploader.getItem(id)?.status).toBe('canceled')
  expect(screen.getByRole('button', { name: 'Try a again' })).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: /^Remove a/u }), { detail: 1 })
  expect(uploader.getItem(id)).toBeUndefined()
})
