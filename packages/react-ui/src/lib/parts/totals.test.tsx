// @vitest-environment jsdom
import { CosUploadError } from '@cosdrop/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { CosUpload, CosUploader } from '../../index.ts'
import { failed, queued, sending, stored } from '../testing/staged-items.ts'
import { createStagedUploader, type StagedItem } from '../testing/staged-uploader.ts'

afterEach(cleanup)

const rest: readonly (readonly [string, StagedItem])[] = [
  ['an empty file waits', { ...queued('b'), size: 0 }],
  ['it is asked about', { name: 'b', size: 1000, state: { status: 'confirming', attempt: 1 } }],
]

it.each(rest)('the bar of all is not full while %s', (_, item) => {
  render(<CosUploader uploader={createStagedUploader({ items: [stored('a'), item] })} />)
  const bar = screen.getByRole('progressbar', { name: 'File upload' })
  expect(Number(bar.getAttribute('aria-valuenow'))).toBeLessThan(100)
})

it('the bar of all is full when all is stored', () => {
  render(<CosUploader uploader={createStagedUploader({ items: [stored('a'), { ...stored('b'), size: 0 }] })} />)
  expect(screen.getByRole('progressbar', { name: 'File upload' }).getAttribute('aria-valuenow')).toBe('100')
})

it('the bar of all weighs files by their bytes, and tells how many of them are out', () => {
  const large: StagedItem = { name: 'b', size: 9000, state: sending(0) }
  const uploader = createStagedUploader({ items: [{ ...stored('a'), size: 1000 }, large] })
  render(<CosUploader uploader={uploader} />)
  const bar = screen.getByRole('progressbar', { name: 'File upload' })
  expect([bar.getAttribute('aria-valuenow'), screen.queryByText('1 of 10 KB')]).toEqual(['10', expect.anything()])
  const [, id = ''] = uploader.getSnapshot().ids
  act(() => uploader.stage(id, stored('b').state))
  expect([bar.getAttribute('aria-valuenow'), screen.queryByText('10 KB')]).toEqual(['100', expect.anything()])
})

it('the bar of all is not full when all was canceled', () => {
  const canceled: StagedItem = { ...queued('a'), state: { status: 'canceled' } }
  render(<CosUploader uploader={createStagedUploader({ items: [canceled, canceled] })} />)
  expect(screen.getByRole('progressbar', { name: 'File upload' }).getAttribute('aria-valuenow')).toBe('0')
})

it('"Resume" is there as long as a file waits for it, were it the only one', () => {
  const uploader = createStagedUploader({ items: [stored('a'), queued('b')], paused: true })
  render(<CosUploader uploader={uploader} />)
  act(() => uploader.clear())
  expect(screen.getByRole('button', { name: 'Resume' })).toBeDefined()
  act(() => uploader.clear('all'))
  expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull()
})

const unstarted = (name: string): StagedItem => ({ ...queued(name), unstarted: true })

it('with autoUpload={false} a button says how many files wait for it, were it one, and starts them', () => {
  const uploader = createStagedUploader({ items: [stored('a'), unstarted('b')], autoUpload: false })
  render(<CosUploader uploader={uploader} />)
  act(() => uploader.clear())
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull()
  const button = screen.getByRole('button', { name: 'Upload 1 file' })
  act(() => void uploader.add([new File(['c'], 'c')]))
  expect(button.textContent).toBe('Upload 2 files')
  fireEvent.click(button)
  expect([...uploader.getSnapshot().items].map((item) => item.unstarted)).toEqual([undefined, undefined])
  expect(screen.queryByRole('button', { name: /^Upload/u })).toBeNull()
  expect(screen.getByRole('button', { name: 'Pause' })).toBeDefined()
})

it.each([
  ['others are sent', { items: [unstarted('a'), { ...queued('b'), state: sending(1) }] }, ['Upload 1 file', 'Pause']],
  ['others wait for "Resume"', { items: [unstarted('a'), queued('b')], paused: true }, ['Upload 1 file', 'Resume']],
  ['the network is gone', { items: [unstarted('a')], offline: true }, ['Upload 1 file']],
  ['none waits for it', { items: [stored('a'), queued('b')] }, ['Pause']],
] as const)('while %s, %o is there to start files with, and to hold the queue', (_, stage, buttons) => {
  render(<CosUploader uploader={createStagedUploader(stage)} />)
  expect(screen.queryAllByRole('button', { name: /^(?:Upload|Pause|Resume)/u }).map((button) => button.textContent)).toEqual(buttons)
})

it('that a file was canceled before any was started is said, once', async () => {
  const uploader = createStagedUploader({ items: [unstarted('a'), unstarted('b')] })
  render(<CosUploader uploader={uploader} />)
  fireEvent.click(screen.getByRole('button', { name: /^Cancel.*a/u }))
  await vi.waitFor(() => expect(screen.getByRole('log').textContent).toMatch(/a\W* canceled\./u))
  expect(screen.getByRole('log').textContent).not.toContain('1 file canceled')
})

it('an app’s own layout has its own words for that button, and none while nothing waits', () => {
  const uploader = createStagedUploader({ items: [stored('a')], autoUpload: false })
  render(
    <CosUploader uploader={uploader}>
      <CosUpload.StartTrigger>Send</CosUpload.StartTrigger>
    </CosUploader>,
  )
  expect(screen.queryByRole('button')).toBeNull()
  act(() => void uploader.add([new File(['b'], 'b')]))
  expect(screen.getByRole('button').textContent).toBe('Send')
})

const gone = (name: string): StagedItem => ({
  name,
  size: 1000,
  state: { status: 'error', attempt: 1, error: new CosUploadError('file-unreadable', '', { name, problem: '' }) },
})

it('"Retry" is not offered where no row offers it, and else counts and sends those that do', () => {
  const uploader = createStagedUploader({ items: [gone('a'), gone('b'), queued('c')] })
  render(<CosUploader uploader={uploader} />)
  expect(screen.queryByRole('button', { name: /^Retry/u })).toBeNull()
  const [first, , third = ''] = uploader.getSnapshot().ids
  act(() => uploader.stage(third, failed('c').state))
  fireEvent.click(screen.getByRole('button', { name: 'Retry 1' }))
  expect([first, third].map((id = '') => uploader.getItem(id)?.status)).toEqual(['error', 'queued'])
})

it('progress does not go through all files, were some of them failed', () => {
  const uploader = createStagedUploader({ items: [failed('a'), gone('b'), queued('c')] })
  render(<CosUploader uploader={uploader} />)
  const [first = '', , third = ''] = uploader.getSnapshot().ids
  act(() => uploader.stage(third, sending(0)))
  const looked = vi.spyOn(uploader, 'getItem')
  act(() => uploader.stage(third, sending(100)))
  expect(looked.mock.calls.filter(([id]) => id === first).length).toBeLessThan(2)
})

it.each([
  [1_024_000, '1 s left', /^1,000.KB\/s$/u],
  [0.001, null, /^0.B\/s$/u],
])('at %f B/s of a megabyte the time left is told as %s: nobody waits for a hundred hours', (speed, left, fast) => {
  render(<CosUploader uploader={createStagedUploader({ items: [stored('a'), { ...queued('b'), size: 1_000_000 }], speed })} />)
  expect(screen.queryByText(/left$/u)?.textContent ?? null).toBe(left)
  expect(screen.queryByText(fast)).not.toBeNull()
})

it('neither time nor speed is told before there is one, and no pause is offered when nothing runs', () => {
  const uploader = createStagedUploader({ items: [{ name: 'a', size: 1000, state: sending(0) }, stored('b')] })
  render(<CosUploader uploader={uploader} />)
  const told = document.querySelector('.cd-totals-line')?.lastElementChild
  expect(told?.textContent).toBe('')
  expect(screen.queryByRole('button', { name: 'Pause' })).not.toBeNull()
  act(() => uploader.stage(uploader.getSnapshot().ids[0] ?? '', stored('a').state))
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull()
})
