import '../styles.css'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { CosUploadError } from '@cosdrop/core'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { CosUploader } from './cos-uploader.tsx'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-cn.ts'
import { failed, queued, sending, stored } from './testing/staged-items.ts'
import { createStagedUploader, type StagedItem } from './testing/staged-uploader.ts'

afterEach(cleanup)

const retrying: StagedItem = {
  name: 'site-survey-2026.pdf',
  size: 99_000_000,
  state: {
    status: 'retrying',
    attempt: 1,
    maxAttempts: 5,
    retryAt: performance.now() + 60_000,
    error: new CosUploadError('stalled', '', { idleMs: 0, sent: 0 }),
  },
}
const widget = (inlineSize: number, items: readonly StagedItem[], messages = en) =>
  render(<CosUploader uploader={createStagedUploader({ items })} messages={messages} style={{ inlineSize, maxInlineSize: 'none' }} />)
const seen = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter((part) => part.getClientRects().length > 0)

describe.each([
  ['en', en],
  ['zh-CN', zhCN],
] as const)('a file that waits for its next try, in %s', (_, messages) => {
  it.each([440, 480, 520, 560, 600])('says in %d px why, and when that is, and no word of it is cut', (inlineSize) => {
    widget(inlineSize, [retrying], messages)
    const words = seen('.cd-word')
    expect(words).toHaveLength(2)
    for (const word of words) expect(word.scrollWidth, word.textContent).toBeLessThanOrEqual(word.clientWidth)
  })
})

describe.each([200, 240, 280])('in %d px', (inlineSize) => {
  it('a file that ended still has a name and says how', () => {
    widget(inlineSize, [stored('harbour-at-dawn.png'), failed('interview-take-3.wav'), { ...queued('c'), state: { status: 'canceled' } }])
    for (const part of seen('.cd-item-name, .cd-word')) expect(part.clientWidth, part.textContent).toBeGreaterThan(part.scrollWidth / 2)
    for (const word of seen('.cd-word')) expect(word.scrollWidth, word.textContent).toBeLessThanOrEqual(word.clientWidth)
  })

  it('what is to be copied stays inside its button, in one line', () => {
    widget(inlineSize, [stored('harbour-at-dawn.png')])
    for (const chip of seen('.cd-chip')) {
      const { right, left } = chip.getBoundingClientRect()
      const [start, end] = [chip.children[0]!.getBoundingClientRect(), chip.querySelector('svg')!.getBoundingClientRect()]
      expect(start.left).toBeGreaterThan(left)
      expect(end.right).toBeLessThan(right)
      expect(chip.children[1]!.getBoundingClientRect().height).toBeLessThan(20)
    }
  })
})

it.each([200, 240])('in %d px the details have the width of their row', (inlineSize) => {
  widget(inlineSize, [failed('a.pdf'), stored('b.pdf')])
  for (const button of screen.getAllByRole('button', { name: /^Show details/u })) fireEvent.click(button)
  for (const value of seen('dd > span')) expect(value.getBoundingClientRect().left).toBeLessThan(40)
  expect(seen('dd > span')[0]!.scrollWidth).toBeLessThanOrEqual(seen('dd > span')[0]!.clientWidth)
})

it('when the next try is can be read in 200 px', () => {
  widget(200, [retrying])
  const when = screen.getByText(/^Next try/u)
  expect(when.getBoundingClientRect().right).toBeLessThan(screen.getByRole('button', { name: /again/u }).getBoundingClientRect().left)
})

it.each([
  ['ltr', 600],
  ['ltr', 360],
  ['rtl', 600],
  ['rtl', 360],
] as const)('the bar of a row begins where its words begin, %s, in %d px', (dir, inlineSize) => {
  const uploader = createStagedUploader({ items: [{ ...queued('scan.pdf'), state: sending(400) }] })
  render(<CosUploader uploader={uploader} dir={dir} style={{ inlineSize, maxInlineSize: 'none' }} />)
  const [bar, words, row] = ['.cd-item-progress', '.cd-item-text', '.cd-item'].map((part) => document.querySelector(part)!.getBoundingClientRect())
  const [start, end] = dir === 'ltr' ? (['left', 'right'] as const) : (['right', 'left'] as const)
  expect(bar![start]).toBe(words![start])
  // Beside the button, or below it where there is little room.
  expect(Math.abs(bar![end] - row![end])).toBe(inlineSize === 600 ? 48 : 12)
})

it('in larger letters the bar of a row crosses none of its words', () => {
  const uploader = createStagedUploader({ items: [{ ...queued('scan.pdf'), state: sending(400) }] })
  render(<CosUploader uploader={uploader} style={{ font: '28px/40px sans-serif' }} />)
  const bar = screen.getByRole('progressbar', { name: /scan/u }).getBoundingClientRect()
  expect(bar.top).toBeGreaterThanOrEqual(document.querySelector('.cd-meta')!.getBoundingClientRect().bottom)
})

it.each([320, 420])(
  'in letters twice as large, as a browser that enlarges text alone makes them, no word of a row in %d px is cut through',
  (inlineSize) => {
    widget(inlineSize, [queued('a.pdf'), { ...queued('b.pdf'), state: sending(400) }, retrying])
    for (const line of seen('.cd-meta')) {
      line.style.font = '26px/40px sans-serif'
      const { top, bottom } = line.getBoundingClientRect()
      const words = [...line.querySelectorAll('.cd-word')].filter((word) => word.getClientRects().length > 0)
      const last = words.at(-1)!.getBoundingClientRect()
      expect([last.top, last.bottom]).toEqual([top, bottom])
    }
  },
)

it('in letters twice as large each button of the totals stands within them', () => {
  widget(440, [queued('a.pdf'), stored('b.pdf'), failed('c.pdf')])
  const buttons = seen('.cd-totals button')
  expect(buttons).toHaveLength(3)
  for (const button of buttons) button.style.font = '26px/40px monospace'
  const totals = document.querySelector('.cd-totals')!.getBoundingClientRect()
  for (const button of buttons) expect(button.getBoundingClientRect().left, button.textContent).toBeGreaterThanOrEqual(totals.left)
  for (const button of buttons) expect(button.getBoundingClientRect().right, button.textContent).toBeLessThanOrEqual(totals.right)
})

it('in letters twice as large, as a browser that enlarges text alone makes them, the tile of a row shows its kind of file whole', () => {
  widget(600, [queued('minutes.docx')])
  const tile = document.querySelector<HTMLElement>('.cd-item-preview')!
  expect(tile.getBoundingClientRect().width).toBe(40)
  tile.style.fontSize = '20px'
  const letters = document.createRange()
  letters.selectNodeContents(tile)
  expect(letters.getBoundingClientRect().width).toBeLessThanOrEqual(tile.clientWidth)
  expect(document.querySelector('.cd-item-text')!.getBoundingClientRect().left).toBeGreaterThan(tile.getBoundingClientRect().right)
})

it('a name with a line break in it takes one line, as every name', () => {
  widget(600, [queued('one.pdf'), queued('one\ntwo\r\nthree.pdf'), queued('two.pdf')])
  const heights = screen.getAllByRole('listitem').map((row) => row.getBoundingClientRect().height)
  expect(heights[1]).toBe(heights[2])
})

it('where a page is written from right to left, which try is next stands in one piece', () => {
  render(<CosUploader uploader={createStagedUploader({ items: [retrying] })} dir="rtl" style={{ inlineSize: 800, maxInlineSize: 'none' }} />)
  const aside = document.querySelector('.cd-item-status .cd-wide')!.lastChild!
  const [first = 0, last = 0] = ['(', ')'].map((sign) => {
    const range = document.createRange()
    const at = aside.textContent!.indexOf(sign)
    range.setStart(aside, at)
    range.setEnd(aside, at + 1)
    return range.getBoundingClientRect().left
  })
  expect(last).toBeGreaterThan(first)
  expect(last - first).toBeGreaterThan(30)
  expect(screen.getByText(/^Next try/u).getBoundingClientRect().left - last).toBeGreaterThan(6)
})

it('fingers find each button of a wide widget as they do of a narrow one', async () => {
  await cdp().send('Emulation.setTouchEmulationEnabled', { enabled: true })
  onTestFinished(() => void cdp().send('Emulation.setTouchEmulationEnabled', { enabled: false }))
  expect(matchMedia('(pointer: coarse)').matches).toBe(true)
  widget(700, [stored('a.png'), queued('b.png'), failed('c.png')])
  await userEvent.click(screen.getByRole('button', { name: 'Show details of a.png' }))
  for (const button of seen('.cd-panel button')) expect(button.getBoundingClientRect().height, button.className).toBeGreaterThanOrEqual(32)
  for (const button of seen('.cd-item-actions button, .cd-totals button')) expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(40)
})

it('a long list leaves room to move the page by on a phone on its side, and on a screen that is enlarged four times', async () => {
  const before = [innerWidth, innerHeight] as const
  onTestFinished(() => page.viewport(...before))
  widget(
    300,
    Array.from({ length: 12 }, (_, index) => stored(`photo-${index}.jpg`)),
  )
  for (const height of [340, 180]) {
    await page.viewport(640, height)
    expect(innerHeight).toBe(height)
    expect(document.querySelector('.cd-scroller')!.getBoundingClientRect().height).toBeLessThan(0.75 * height)
  }
})

it('with the keyboard alone the ring around a button is whole, also at the edge of the list', async () => {
  widget(
    500,
    Array.from({ length: 12 }, (_, index) => failed(`scan-${index}.pdf`)),
  )
  const list = document.querySelector('.cd-scroller')!.getBoundingClientRect()
  screen.getByRole('button', { name: 'Clear finished' }).focus()
  for (let step = 0; step < 24; step += 1) {
    await userEvent.tab()
    const { top, bottom } = document.activeElement!.getBoundingClientRect()
    // Two pixels of ring, two beside the button.
    expect(Math.min(top - list.top, list.bottom - bottom)).toBeGreaterThanOrEqual(4)
  }
})
