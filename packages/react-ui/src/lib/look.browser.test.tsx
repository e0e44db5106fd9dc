import '../styles.css'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { CosUploader } from './cos-uploader.tsx'
import { failed, queued, sending, stored, storedResult } from './testing/staged-items.ts'
import { createStagedUploader, type Stage } from './testing/staged-uploader.ts'

afterEach(cleanup)

const show = (inlineSize: number, stage: Stage, theme: 'light' | 'dark' = 'light') =>
  render(<CosUploader uploader={createStagedUploader(stage)} theme={theme} style={{ inlineSize, maxInlineSize: 'none' }} />)
const boxOf = (selector: string) => document.querySelector(selector)!.getBoundingClientRect()
const openDetails = () => {
  for (const button of screen.getAllByRole('button', { name: /^Show details/u })) fireEvent.click(button)
  expect(document.querySelector('dd')).not.toBeNull()
}

describe.each([280, 320, 360, 440, 480, 520, 560, 600, 640, 700])('in %d px', (inlineSize) => {
  it('no row moves when speed and remaining time appear, or vanish', () => {
    const items = [{ ...queued('a.mov'), size: 3e9, state: sending(1e9, 3e9) }, failed('b.pdf'), stored('c.pdf')]
    const [without, withThem] = [undefined, 1e5].map((speed) => {
      show(inlineSize, { items, ...(speed ? { speed } : null) })
      const height = boxOf('.cd-totals').height
      cleanup()
      return height
    })
    expect(withThem).toBe(without)
  })
})

it.each([320, 440, 520, 560, 600, 640, 700, 800])('in %d px what has no room beside the buttons is left out whole, the speed first', (inlineSize) => {
  show(inlineSize, { items: [{ ...queued('a.mov'), size: 3e9, state: sending(1e9, 3e9) }, failed('b.pdf'), stored('c.pdf')], speed: 1e5 })
  const line = boxOf('.cd-totals-line')
  const parts = [...document.querySelectorAll('.cd-totals-line :is(strong, span)')]
  const seen = parts.filter((part) => part.getBoundingClientRect().top < line.bottom)
  // Nothing after the first that is out of sight.
  expect(seen).toEqual(parts.slice(0, seen.length))
  expect(seen.length).toBeGreaterThanOrEqual(2)
  for (const part of seen) expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(line.right)
  if (inlineSize < 800) return
  // As the rows tell it.
  const [left, speed] = seen.slice(2).map((part) => part.getBoundingClientRect().left)
  expect(speed).toBeLessThan(left!)
})

it.each([320, 340, 360])('nor is it cut through on a page that lets everything be as narrow as it may, in %d px', (inlineSize) => {
  const sheet = document.head.appendChild(document.createElement('style'))
  onTestFinished(() => sheet.remove())
  sheet.textContent = '* { min-width: 0 }'
  show(inlineSize, {
    items: [{ ...queued('a.mov'), size: 3e12, state: sending(1e12, 3e12) }, ...Array.from({ length: 1100 }, () => stored('c.pdf'))],
    speed: 1e8,
  })
  const line = boxOf('.cd-totals-line')
  const seen = [...document.querySelectorAll('.cd-totals-line :is(strong, span)')].filter((part) => part.getBoundingClientRect().top < line.bottom)
  for (const part of seen) expect(part.scrollWidth, part.textContent).toBeLessThanOrEqual(part.clientWidth)
})

it.each([508, 512, 516, 600, 604, 608])('in %d px the button that pauses stays where it was pressed, and no row moves', (inlineSize) => {
  const items = [{ ...queued('a.mov'), size: 3e9, state: sending(1e9, 3e9) }, stored('c.pdf'), ...(inlineSize < 600 ? [] : [failed('b.pdf')])]
  show(inlineSize, { items })
  const where = () => [boxOf('[data-part=pause-trigger]').toJSON(), boxOf('.cd-list').top]
  const before = where()
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }))
  expect(screen.getByRole('button', { name: 'Resume' })).toBeDefined()
  expect(where()).toEqual(before)
})

describe.each([320, 360, 420, 600])('in %d px', (inlineSize) => {
  it('all of what the details say can be read, or is an address to be copied', () => {
    const kms = { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: '48ba38aa-26c5-11ea-855c-52540085ad65' } as const
    const state = { status: 'success', result: { ...storedResult, integrity: 'mismatch', encryption: kms } } as const
    show(inlineSize, { items: [{ name: 'a.png', size: 1, state }, failed('b.png')] })
    openDetails()
    const cut = [...document.querySelectorAll('dd > span')].filter((value) => value.scrollWidth > value.clientWidth)
    expect(cut.filter(({ textContent }) => !textContent.startsWith('https'))).toEqual([])
  })

  it('a file of which nobody knows whether it is stored says what it waits for, whole', () => {
    show(inlineSize, { items: [{ ...queued('a.mov'), size: 5e6, state: { status: 'confirming', attempt: 1 } }] })
    const [word, meta] = [document.querySelector('.cd-word')!, boxOf('.cd-meta')]
    if (inlineSize > 320) expect(word.scrollWidth).toBeLessThanOrEqual(word.clientWidth)
    expect(word.getBoundingClientRect().bottom).toBeLessThanOrEqual(meta.bottom + 1)
  })

  it('what copies a detail stands in one column with the buttons of its row', () => {
    show(inlineSize, { items: [stored('a.png')] })
    openDetails()
    const middleOf = (selector: string) => (boxOf(selector).left + boxOf(selector).right) / 2
    expect(middleOf('dd button svg')).toBe(middleOf('.cd-item-actions button:last-child svg'))
  })
})

it('in a page that is written from right to left numbers stand before their units', () => {
  render(
    <div dir="rtl">
      <CosUploader
        uploader={createStagedUploader({ items: [{ ...queued('a.mov'), size: 3e9, state: sending(1e9, 3e9) }, stored('c.pdf')], speed: 1e5 })}
      />
    </div>,
  )
  const parts = [...document.querySelectorAll('.cd-totals-line :is(strong, span)')]
  expect(parts).toHaveLength(4)
  for (const { firstChild, textContent } of parts) {
    const [first, last] = [0, textContent.length - 1].map((at) => {
      const letter = new Range()
      letter.setStart(firstChild!, at)
      letter.setEnd(firstChild!, at + 1)
      return letter.getBoundingClientRect().left
    })
    expect(first, textContent).toBeLessThan(last!)
  }
})

/** Of a colour as the browser computed it, by WCAG 2. */
function luminance(color: string): number {
  const canvas = document.createElement('canvas').getContext('2d')!
  canvas.fillStyle = color
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
    const value = byte / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

it.each(['light', 'dark'] as const)('where files can be dropped is seen by who sees little contrast, %s', (theme) => {
  show(600, {}, theme)
  const { borderTopColor, backgroundColor } = getComputedStyle(document.querySelector('.cd-dropzone')!)
  // A page that is not quite white.
  const grounds = [backgroundColor, theme === 'light' ? '#f0f2f5' : '#111318'].map(luminance)
  for (const ground of grounds) {
    const [dim = 0, bright = 0] = [luminance(borderTopColor), ground].sort((one, other) => one - other)
    expect((bright + 0.05) / (dim + 0.05)).toBeGreaterThanOrEqual(3)
  }
})
