// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { CosUploader } from '../cos-uploader.tsx'
import { queued, stored } from '../testing/staged-items.ts'
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

it('"Resume" is there as long as a file waits for it, were it the only one', () => {
  const uploader = createStagedUploader({ items: [stored('a'), queued('b')], paused: true })
  render(<CosUploader uploader={uploader} />)
  act(() => uploader.clear())
  expect(screen.getByRole('button', { name: 'Resume' })).toBeDefined()
  act(() => uploader.clear('all'))
  expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull()
})
