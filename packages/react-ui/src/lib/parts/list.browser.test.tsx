import '../../styles.css'
import { CosUploadError, type UploadResult } from '@cosdrop/core'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { Profiler, useLayoutEffect } from 'react'
import { afterEach, describe, expect, it, onTestFinished, test } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { CosUploader } from '../cos-uploader.tsx'
import { focusedNear } from '../focused-near.ts'
import { queued, sending, stored, storedResult } from '../testing/staged-items.ts'
import { containerIn, elsewhere } from '../testing/elsewhere.ts'
import { indexes, many, scrollTo, scroller } from '../testing/long-list.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'
import { Item } from './item.tsx'
import { ItemName } from './item-name.tsx'
import { ItemStatus } from './item-status.tsx'
import { ItemEndTrigger } from './item-triggers.tsx'
import { List } from './list.tsx'

afterEach(cleanup)

describe('one file’s progress', () => {
  it('renders that file’s row, and neither another row nor the list', () => {
    const renders: string[] = []
    const uploader = createStagedUploader({ items: many(5) })
    render(
      <CosUploader uploader={uploader}>
        <List>
          {(id) => (
            <Profiler id={id} onRender={(row) => renders.push(row)}>
              <Item id={id} />
            </Profiler>
          )}
        </List>
      </CosUploader>,
    )
    const [, second = ''] = uploader.getSnapshot().ids
    expect(new Set(renders).size).toBe(5)
    renders.length = 0
    for (const sent of [0, 100, 200]) act(() => uploader.stage(second, sending(sent)))
    expect(renders).toEqual([second, second, second])
  })
})

describe('a list of 10,000 files', () => {
  it('renders those in sight, and each says which one of how many it is', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(10_000) })} />)
    expect(indexes().length).toBeLessThan(40)
    await scrollTo(scroller().scrollHeight)
    expect(indexes().at(-1)).toBe(9999)
    const last = screen.getAllByRole('listitem').at(-1)!
    expect([last.getAttribute('aria-posinset'), last.getAttribute('aria-setsize')]).toEqual(['10000', '10000'])
    expect(indexes().length).toBeLessThan(40)
    const { bottom } = scroller().getBoundingClientRect()
    expect(Math.abs(last.getBoundingClientRect().bottom - bottom)).toBeLessThan(2)
  })

  it('shows rows without a hole wherever it is scrolled to', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(2000) })} />)
    for (const top of [500, 7777, 61_000, 100_000, 200]) {
      await scrollTo(top)
      const box = scroller().getBoundingClientRect()
      const rows = screen.getAllByRole('listitem').map((row) => row.getBoundingClientRect())
      expect(rows.some(({ top: start }) => start <= box.top)).toBe(true)
      expect(rows.some(({ bottom }) => bottom >= box.bottom)).toBe(true)
      rows.slice(1).forEach((row, index) => expect(row.top).toBeCloseTo(rows[index]!.bottom, 0))
    }
  })

  it('keeps the row that has the focus, however far it is scrolled away', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(2000) })} />)
    const cancel = screen.getByRole('button', { name: 'Cancel file-2.txt' })
    cancel.focus()
    await scrollTo(60_000)
    expect(document.activeElement).toBe(cancel)
    expect(indexes()[0]).toBe(2)
    expect(indexes()[1]).toBeGreaterThan(900)
  })

  it('stays where it is scrolled to though the browser looks at its length while rows go, as WebKit does by itself', async () => {
    const Measured = ({ id }: { readonly id: string }) => {
      useLayoutEffect(() => () => void scroller().scrollTop, [])
      return <Item id={id} />
    }
    render(
      <CosUploader uploader={createStagedUploader({ items: many(10_000) })}>
        <List>{(id) => <Measured id={id} />}</List>
      </CosUploader>,
    )
    await scrollTo(500_000)
    await scrollTo(scroller().scrollHeight)
    expect(indexes().at(-1)).toBe(9999)
    await scrollTo(300_000)
    expect(scroller().scrollTop).toBe(300_000)
  })

  it('hands the focus to the next row also where both are out of sight', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(2000).map(({ name }) => stored(name)) })} />)
    screen.getByRole('button', { name: 'Remove file-2.txt from the list' }).focus()
    await scrollTo(60_000)
    await userEvent.keyboard('{Enter}')
    await scrollTo(scroller().scrollTop)
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove file-3.txt from the list' }))
  })

  it('does not move what is read when a row above it grows', async () => {
    const result: UploadResult = storedResult
    const uploader = createStagedUploader({ items: many(200) })
    render(<CosUploader uploader={uploader} />)
    await scrollTo(3000)
    const box = scroller().getBoundingClientRect()
    const seen = () => screen.getAllByRole('listitem').find((row) => row.getBoundingClientRect().top >= box.top)!
    const before = { index: seen().dataset['index'], top: seen().getBoundingClientRect().top }
    const above = Number(before.index) - 3
    await act(async () => uploader.stage(uploader.getSnapshot().ids[above]!, { status: 'success', result }))
    await waitFor(() => expect(document.querySelector(`[data-index="${above}"]`)?.getBoundingClientRect().height).toBeGreaterThan(80))
    await scrollTo(scroller().scrollTop)
    const row = document.querySelector(`[data-index="${before.index}"]`)!
    expect(Math.abs(row.getBoundingClientRect().top - before.top)).toBeLessThan(2)
  })
})

test.each([640, 280])('a row of parts that an app puts together shows the name of its file, at %d px', (inlineSize) => {
  render(
    <CosUploader uploader={createStagedUploader({ items: [queued('photo.png')] })} style={{ inlineSize }}>
      <List>
        {(id) => (
          <Item id={id}>
            <ItemName /> <ItemStatus /> <ItemEndTrigger />
          </Item>
        )}
      </List>
    </CosUploader>,
  )
  const name = screen.getByText('photo.png')
  expect(name.getBoundingClientRect().height).toBeLessThan(25)
})

test('a narrow row tells its phase in whole words', () => {
  const states = [queued('a'), { name: 'b', size: 5_000_000, state: { status: 'signing' } }] as const
  render(<CosUploader uploader={createStagedUploader({ items: states })} style={{ inlineSize: 264 }} />)
  for (const phase of ['Waiting', 'Asking for permission']) {
    const word = screen.getByText(phase)
    expect(word.scrollWidth).toBeLessThanOrEqual(word.clientWidth)
    const row = word.closest('.cd-item-text')!.getBoundingClientRect()
    const { top, bottom } = word.getBoundingClientRect()
    expect(top >= row.top && bottom <= row.bottom).toBe(true)
  }
})

describe.each(elsewhere)('in %s', (place) => {
  const painted = () => act(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))

  it('the row that has the focus is kept, however far it is scrolled away', async () => {
    const container = containerIn(place)
    render(<CosUploader uploader={createStagedUploader({ items: many(2000) })} />, { container })
    const cancel = within(container).getByRole('button', { name: 'Cancel file-2.txt' })
    cancel.focus()
    container.querySelector('.cd-scroller')!.scrollTop = 60_000
    await painted()
    expect(focusedNear(container)).toBe(cancel)
  })

  it('a list is as long as its rows are high', async () => {
    const container = containerIn(place)
    render(
      <CosUploader uploader={createStagedUploader({ items: many(70) })}>
        <List>{(id) => <Item id={id} style={{ blockSize: 200 }} />}</List>
      </CosUploader>,
      { container },
    )
    const scroller = container.querySelector('.cd-scroller')!
    for (let top = 0; top < 70 * 200; top += 2000) {
      scroller.scrollTop = top
      await painted()
    }
    expect(scroller.scrollHeight).toBeGreaterThanOrEqual(70 * 200)
  })
})

describe('on paper', () => {
  afterEach(() => cdp().send('Emulation.setEmulatedMedia', { media: '' }))

  it.each([
    [50, true],
    [500, false],
  ])('a list of %d files is there as a whole, unless it has too many: %s', async (count, whole) => {
    render(<CosUploader uploader={createStagedUploader({ items: many(count) })} />)
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print' })
    expect(scroller().clientHeight > 50 * 60).toBe(whole)
  })
})

test.each(['light', 'dark'])('in the system’s own colours, %s, progress stands out', async (scheme) => {
  const features = [
    { name: 'forced-colors', value: 'active' },
    { name: 'prefers-color-scheme', value: scheme },
  ]
  await cdp().send('Emulation.setEmulatedMedia', { features })
  onTestFinished(() => void cdp().send('Emulation.setEmulatedMedia', { features: [] }))
  render(<CosUploader uploader={createStagedUploader({ items: [{ name: 'a', size: 1000, state: sending(500) }, queued('b')] })} />)
  const luminance = (element: Element): number => {
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).backgroundColor.match(/[\d.]+/gu) ?? []).map((part) => {
      const light = Number(part) / 255
      return light <= 0.04045 ? light / 12.92 : ((light + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  for (const bar of screen.getAllByRole('progressbar')) {
    const [less = 0, more = 0] = [luminance(bar), luminance(bar.firstElementChild!)].toSorted((a, b) => a - b)
    // https://www.w3.org/TR/WCAG22/#non-text-contrast
    expect((more + 0.05) / (less + 0.05)).toBeGreaterThanOrEqual(3)
  }
})

test('where a page is written from right to left, a reason in Latin words begins where its row does', () => {
  const details = { url: null, status: 403, serverCode: null, serverMessage: 'Too many.' }
  const refused = { name: 'a', state: { status: 'error', attempt: 0, error: new CosUploadError('policy-refused', '', details) } } as const
  const rejections = [
    { file: new Blob(), name: 'b', errors: [{ code: 'too-many-files', message: '"b" (1 B) was refused: at most 8 in all.', limit: 8 }] },
  ]
  render(
    <div style={{ inlineSize: 1200 }}>
      <CosUploader uploader={createStagedUploader({ items: [refused], rejections })} dir="rtl" />
    </div>,
  )
  const rightOf = (part: Element): number => {
    const words = document.createRange()
    words.selectNodeContents(part)
    return words.getBoundingClientRect().right
  }
  const result = document.querySelector('.cd-item-result')!
  expect(rightOf(result.firstElementChild!)).toBeCloseTo(result.getBoundingClientRect().right, 0)
  const [sign, sentences] = document.querySelector('.cd-rejections')!.children
  expect(sign!.getBoundingClientRect().left - rightOf(sentences!)).toBeLessThan(20)
})

test('where a page is written from right to left, an address of a file is cut at its end', async () => {
  render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} dir="rtl" style={{ inlineSize: 280 }} />)
  await userEvent.click(screen.getByRole('button', { name: 'Show details of a.png' }))
  const address = screen.getByText(storedResult.location)
  const start = document.createRange()
  start.setStart(address.firstChild!, 0)
  start.setEnd(address.firstChild!, 5)
  expect(start.getBoundingClientRect().left).toBeGreaterThanOrEqual(address.getBoundingClientRect().left)
})
