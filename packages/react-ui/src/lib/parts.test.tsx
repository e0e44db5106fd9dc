// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { createRef, type ComponentType } from 'react'
import { afterEach, describe, expect, it, test, vi } from 'vitest'
import { CosUpload, CosUploader } from '../index.ts'
import { isolate } from './format/isolate.ts'
import { failed, queued, sending, stored, storedResult } from './testing/staged-items.ts'
import { createStagedUploader } from './testing/staged-uploader.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const parts = Object.entries(CosUpload) as [string, ComponentType<{ id: string }>][]
const rowParts = parts.filter(([name]) => /^Item./u.test(name))

test.each(parts.filter(([name]) => name !== 'Root' && !/^Item./u.test(name)))(
  'who uses %s outside of a Root is told to put one around it',
  (_, Part) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => render(<Part id="a" />)).toThrow('Put it inside <CosUpload.Root>')
  },
)

describe.each(rowParts)('%s', (_, Part) => {
  it('takes the props of its element', () => {
    const props = { id: 'mine', className: 'theirs', lang: 'de' }
    const items = [queued('a.txt'), stored('b.txt'), failed('c.txt'), { ...queued('d.txt'), state: sending(1) }]
    const { container } = render(
      <CosUploader uploader={createStagedUploader({ items })}>
        <CosUpload.List>
          {(id) => (
            <CosUpload.Item id={id}>
              <Part {...props} />
            </CosUpload.Item>
          )}
        </CosUpload.List>
      </CosUploader>,
    )
    expect(container.querySelector('#mine')?.className).toMatch(/^cd-.* theirs$/u)
    expect(container.querySelector('#mine')).toHaveProperty('lang', 'de')
  })
})

it('the widget has the name, the description and the test id that an app gives it', () => {
  render(<CosUploader policy="/api/policy" endpointLimits={false} data-testid="invoices" aria-label="Invoices" aria-describedby="hint" />)
  const root = screen.getByRole('group', { name: 'Invoices' })
  expect(root).toBe(screen.getByTestId('invoices'))
  expect(root.getAttribute('aria-describedby')).toBe('hint')
  expect(root.dataset).toMatchObject({ scope: 'cosdrop', part: 'root' })
})

it('the widget is dark where an app says so by the attribute', () => {
  const { container } = render(<CosUploader uploader={createStagedUploader()} data-theme="dark" />)
  expect(container.querySelector('[data-theme=dark]')).toBe(screen.getByRole('group'))
})

it('the widget has its own name where an app gives none', () => {
  render(<CosUploader policy="/api/policy" endpointLimits={false} aria-label={undefined} data-part="mine" />)
  expect(screen.getByRole('group', { name: 'File upload' }).dataset['part']).toBe('root')
})

it('the live region takes the props of its element', () => {
  render(
    <CosUpload.Root uploader={createStagedUploader()}>
      <CosUpload.Announcer id="mine" className="theirs" />
    </CosUpload.Root>,
  )
  expect(screen.getByRole('log')).toMatchObject({ id: 'mine', className: 'cd-announcer theirs' })
})

it('a trigger that is handed no words has a name', () => {
  render(
    <CosUpload.Root uploader={createStagedUploader()}>
      <CosUpload.Trigger />
    </CosUpload.Root>,
  )
  expect(screen.getByRole('button').textContent).toBe('choose files')
})

it('details open by a trigger of one’s own words, and its handler can keep them shut', () => {
  const uploader = createStagedUploader({ items: [stored('a.txt')] })
  const stop = vi.fn<(event: { preventDefault: () => void }) => void>((event) => event.preventDefault())
  const row = (onClick?: typeof stop) => (
    <CosUploader uploader={uploader}>
      <CosUpload.Item id={uploader.getSnapshot().ids[0]!}>
        <CosUpload.ItemDetailsTrigger onClick={onClick}>More</CosUpload.ItemDetailsTrigger>
        <CosUpload.ItemResult />
      </CosUpload.Item>
    </CosUploader>
  )
  const { rerender } = render(row(stop))
  fireEvent.click(screen.getByText('More'))
  expect(stop).toHaveBeenCalledTimes(1)
  expect(screen.queryByText('Location')).toBeNull()
  rerender(row())
  fireEvent.click(screen.getByText('More'))
  expect(screen.getByText('Location')).toBeDefined()
})

it('the details of a row that shows another file now are that file’s, and open at the first click', () => {
  const uploader = createStagedUploader({ items: [stored('a.txt'), stored('b.txt')] })
  const [a = '', b = ''] = uploader.getSnapshot().ids
  const row = (id: string) => (
    <CosUploader uploader={uploader}>
      <CosUpload.Item id={id} />
    </CosUploader>
  )
  const { rerender } = render(row(a))
  fireEvent.click(screen.getByRole('button', { name: 'Show details of a.txt' }))
  rerender(row(b))
  fireEvent.click(screen.getByRole('button', { name: 'Show details of b.txt' }))
  expect(screen.getByText('Location')).toBeDefined()
  rerender(row(a))
  expect(screen.getByText('Location')).toBeDefined()
})

it('a button that the app holds by a ref still hands its focus on when an upload takes it away', async () => {
  const uploader = createStagedUploader({ items: [{ ...queued('a.txt'), state: sending(1) }] })
  const [id = ''] = uploader.getSnapshot().ids
  const ref = createRef<HTMLButtonElement>()
  render(
    <CosUploader uploader={uploader}>
      <CosUpload.Trigger />
      <CosUpload.Item id={id}>
        <CosUpload.ItemCancelTrigger ref={ref} />
      </CosUpload.Item>
    </CosUploader>,
  )
  expect(ref.current).toBe(screen.getByRole('button', { name: 'Cancel a.txt' }))
  ref.current?.focus()
  await act(async () => uploader.stage(id, { status: 'success', result: storedResult }))
  expect(ref.current).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'choose files' }))
})

it('the focus stays in its row where "cancel" and "remove" are two parts, as the README has them', async () => {
  const uploader = createStagedUploader({ items: [queued('a.txt'), { ...queued('b.txt'), state: sending(1) }] })
  render(
    <CosUploader uploader={uploader}>
      <CosUpload.Dropzone />
      <CosUpload.List>
        {(id) => (
          <CosUpload.Item id={id}>
            <CosUpload.ItemName /> <CosUpload.ItemCancelTrigger /> <CosUpload.ItemRemoveTrigger />
          </CosUpload.Item>
        )}
      </CosUpload.List>
    </CosUploader>,
  )
  screen.getByRole('button', { name: 'Cancel b.txt' }).focus()
  await act(async () => uploader.stage(uploader.getSnapshot().ids[1]!, { status: 'success', result: storedResult }))
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove b.txt from the list' }))
  fireEvent.click(screen.getByRole('button', { name: 'Remove b.txt from the list' }))
  await act(async () => {})
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel a.txt' }))
  await act(async () => uploader.remove(uploader.getSnapshot().ids[0]!))
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'choose files' }))
})

it('who cancels one file of several hears which; the last one is told with the end', async () => {
  const items = ['a.txt', 'b.txt'].map((name) => ({ ...queued(name), state: sending(1) }))
  render(<CosUploader uploader={createStagedUploader({ items })} />)
  fireEvent.click(screen.getByRole('button', { name: 'Cancel a.txt' }))
  await act(async () => {})
  expect(screen.getByRole('log').textContent).toBe(`Uploading 1 file. ${isolate('a.txt')} canceled.`)
  fireEvent.click(screen.getByRole('button', { name: 'Cancel b.txt' }))
  await act(async () => {})
  expect(screen.getByRole('log').textContent).toBe(`Uploading 1 file. ${isolate('a.txt')} canceled.2 canceled.`)
})

it('files of equal names from different folders have buttons that can be told apart', async () => {
  const items = ['spring', 'summer'].map((folder) => ({ ...stored('1.jpg'), relativePath: `${folder}/1.jpg` }))
  render(<CosUploader uploader={createStagedUploader({ items })} />)
  expect(screen.getByRole('button', { name: 'Show details of spring/1.jpg' })).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Remove summer/1.jpg from the list' }))
  await act(async () => {})
  expect(screen.getByRole('log').textContent).toBe(`${isolate('summer/1.jpg')} removed from the list.`)
})
