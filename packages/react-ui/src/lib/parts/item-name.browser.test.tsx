import '../../styles.css'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, test } from 'vitest'
import { CosUpload, CosUploader } from '../../index.ts'
import { queued } from '../testing/staged-items.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'

afterEach(cleanup)

const long = 'the-harbour-before-sunrise-seen-from-the-breakwater-in-late-november.png'
const show = (names: readonly string[], dir?: 'rtl') =>
  render(<CosUploader uploader={createStagedUploader({ items: names.map(queued) })} dir={dir} style={{ inlineSize: 360 }} />)
const boxOf = (name: string) => screen.getByText(name).closest('.cd-item-name')!.getBoundingClientRect()
const cutOf = (name: string) => screen.getByText(name).nextElementSibling!.getBoundingClientRect()

describe.each(['sending.pdf', long, 'תמונה.png', 'two words.tar.gz'])('the name %s', (name) => {
  it('is one text for the browser’s search, for a copy and for who listens', () => {
    show(['before.txt', name])
    const row = screen.getAllByRole('listitem')[1]!
    getSelection()!.selectAllChildren(row)
    expect(getSelection()!.toString()).toContain(`${name}\n`)
    getSelection()!.removeAllRanges()
    // Not in the standard, and the browser's own search: https://developer.mozilla.org/docs/Web/API/Window/find
    expect((window as unknown as { find: (text: string) => boolean }).find(name)).toBe(true)
    expect(row.contains(getSelection()!.anchorNode)).toBe(true)
    expect(screen.getAllByText(name)).toHaveLength(1)
  })
})

test.each([['ltr'], ['rtl']] as const)('a name that has room is seen whole, written %s', (dir) => {
  show(['sending.pdf'], dir === 'rtl' ? dir : undefined)
  const [box, text] = [boxOf('sending.pdf'), screen.getByText('sending.pdf').getBoundingClientRect()]
  expect(text.top).toBeCloseTo(box.top, 0)
  expect(text.width).toBeLessThan(box.width)
  expect(cutOf('sending.pdf').top).toBeGreaterThanOrEqual(box.bottom - 0.5)
})

test.each([['ltr'], ['rtl']] as const)('a name without room keeps its end and loses its middle, written %s', (dir) => {
  show([long], dir === 'rtl' ? dir : undefined)
  const box = boxOf(long)
  expect(screen.getByText(long).getBoundingClientRect().bottom).toBeLessThanOrEqual(box.top + 0.5)
  expect(cutOf(long).top).toBeCloseTo(box.top, 0)
  expect(cutOf(long).width).toBeCloseTo(box.width, 0)
  const cut = screen.getByText(long).nextElementSibling!
  expect(getComputedStyle(cut, '::after').content).toBe('".png"')
  expect(parseFloat(getComputedStyle(cut, '::after').width)).toBeGreaterThan(20)
  expect(parseFloat(getComputedStyle(cut, '::before').width)).toBeGreaterThan(100)
})

it('cards beside each other share the room, whatever the names of their files', () => {
  render(
    <CosUploader uploader={createStagedUploader({ items: ['a.png', long].map(queued) })} style={{ inlineSize: 400 }}>
      <CosUpload.List style={{ display: 'grid', gridTemplateColumns: '1fr 1fr' }}>
        {(id) => (
          <CosUpload.Item id={id}>
            <CosUpload.ItemPreview /> <CosUpload.ItemName /> <CosUpload.ItemActions />
          </CosUpload.Item>
        )}
      </CosUpload.List>
    </CosUploader>,
  )
  const [one = 0, other = 0] = screen.getAllByRole('listitem').map((card) => card.getBoundingClientRect().width)
  expect(other).toBeCloseTo(one, 0)
})

test.each(['', ' ', '\u3000\n', '\u00a0'])('a name in which nothing can be seen (%j) leaves no empty line', (name) => {
  show([name])
  expect(boxOf('—').height).toBe(20)
})
