import '../../styles.css'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { CosUploader } from '../cos-uploader.tsx'
import { indexes, many, scrollTo, scroller, turnTo } from '../testing/long-list.ts'
import { stored } from '../testing/staged-items.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'
import { Item } from './item.tsx'
import { List } from './list.tsx'

afterEach(cleanup)

/** Stored files, with rows of another height than was thought. */
function renderStored(blockSize: number | undefined): void {
  render(
    <CosUploader uploader={createStagedUploader({ items: many(2000).map(({ name }) => stored(name)) })}>
      <List>{(id) => <Item id={id} style={{ blockSize }} />}</List>
    </CosUploader>,
  )
}

describe('a long list', () => {
  it.each([
    ['a little higher', undefined],
    ['much higher', 200],
  ])('is there when it is scrolled up from its end, though its rows are %s than was thought, and shows what it showed', async (_, blockSize) => {
    renderStored(blockSize)
    // Twice: the first time its last rows are measured.
    await scrollTo(scroller().scrollHeight)
    await scrollTo(scroller().scrollHeight)
    const [first = 0] = indexes()
    // As a wheel goes through the place where rows above these are asked for.
    const row = document.querySelector<HTMLElement>(`[data-index="${first + 8}"]`)!
    const edge = row.offsetTop
    for (const top of [edge + 3, edge - 2]) await scrollTo(top)
    expect(indexes()[0]).toBe(first - 8)
    expect(row.getBoundingClientRect().top).toBeCloseTo(scroller().getBoundingClientRect().top + 2, 0)
  })

  it.each([
    ['lower', 53],
    ['higher', 159],
  ])('moves as far as the wheel turns, though its rows are %s than was thought', async (_, blockSize) => {
    // In an `act` React keeps the rows back until it ends.
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
    onTestFinished(() => void vi.unstubAllGlobals())
    renderStored(blockSize)
    await turnTo(scroller().scrollHeight)
    await turnTo(scroller().scrollHeight)
    for (let turn = 0; turn < 30; turn += 1) {
      const { top, left } = scroller().getBoundingClientRect()
      const row = document.elementFromPoint(left + 1, top + 100)!.closest('[data-index]')!
      const was = row.getBoundingClientRect().top
      await turnTo(scroller().scrollTop - 100)
      expect(row.getBoundingClientRect().top - was).toBeCloseTo(100, 0)
    }
  })

  it('shows its rows wherever it is scrolled to, whatever margin an app gives them', async () => {
    render(
      <CosUploader uploader={createStagedUploader({ items: many(2000) })}>
        <List>{(id) => <Item id={id} style={{ margin: '4px 8px' }} />}</List>
      </CosUploader>,
    )
    await scrollTo(60_000)
    const { top, bottom } = scroller().getBoundingClientRect()
    const rows = screen.getAllByRole('listitem').map((row) => row.getBoundingClientRect())
    expect(rows[0]!.top).toBeLessThan(top)
    expect(rows.at(-1)!.bottom).toBeGreaterThan(bottom)
  })

  it('fills the room that it is given later, as by a dialog that is made larger', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(2000) })} />)
    await scrollTo(60_000)
    screen.getByRole('group').style.setProperty('--cd-list-height', '5000px')
    await scrollTo(scroller().scrollTop)
    const { bottom } = scroller().getBoundingClientRect()
    expect(screen.getAllByRole('listitem').at(-1)!.getBoundingClientRect().bottom).toBeGreaterThanOrEqual(bottom)
  })

  it('keeps the row that has the focus also where files above it are taken out, were they many', async () => {
    const uploader = createStagedUploader({ items: many(2000) })
    render(<CosUploader uploader={uploader} />)
    const takeOut = (count: number) =>
      act(async () => {
        for (const id of uploader.getSnapshot().ids.slice(0, count)) uploader.remove(id)
      })
    const cancel = screen.getByRole('button', { name: 'Cancel file-5.txt' })
    cancel.focus()
    await scrollTo(60_000)
    await takeOut(1)
    expect(document.activeElement).toBe(cancel)
    const inSight = screen.getByRole('button', { name: 'Cancel file-985.txt' })
    inSight.focus()
    await takeOut(100)
    expect(document.activeElement).toBe(inSight)
  })

  it('hands the focus of its last row to the one that is last then, also where both are out of sight', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(2000).map(({ name }) => stored(name)) })} />)
    await scrollTo(scroller().scrollHeight)
    const remove = screen.getByRole('button', { name: 'Remove file-1999.txt from the list' })
    remove.focus()
    await scrollTo(0)
    await act(async () => remove.click())
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove file-1998.txt from the list' }))
  })

  it('begins with its first file when it is shown again, as in a tab', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: many(500).map(({ name }) => stored(name)) })} />)
    await scrollTo(0)
    const panel = document.querySelector<HTMLElement>('.cd-panel')!
    const length = scroller().scrollHeight
    for (const display of ['none', '']) {
      panel.style.display = display
      await scrollTo(0)
    }
    expect(indexes()[0]).toBe(0)
    expect(scroller().scrollHeight).toBe(length)
  })

  it('shows what it showed when files above are taken out, as an app does with each that is stored', async () => {
    const uploader = createStagedUploader({ items: many(2000) })
    render(<CosUploader uploader={uploader} />)
    await scrollTo(60_000)
    const cancel = screen.getByRole('button', { name: 'Cancel file-985.txt' })
    const { top } = cancel.getBoundingClientRect()
    for (let run = 0; run < 10; run += 1) {
      await act(async () => {
        for (const id of uploader.getSnapshot().ids.slice(0, 3)) uploader.remove(id)
      })
      await scrollTo(scroller().scrollTop)
    }
    expect(Math.abs(cancel.getBoundingClientRect().top - top)).toBeLessThan(2)
  })

  it.each([
    ['short', []],
    ['long, then short', [2000, 0]],
  ])('keeps the focus and shows what it showed when a list that was %s becomes long', async (_, lengths) => {
    const uploader = createStagedUploader({ items: many(59) })
    render(<CosUploader uploader={uploader} />)
    const add = (count: number) => act(async () => void uploader.add(Array.from({ length: count }, () => new File([], 'more'))))
    for (const count of lengths) {
      await act(async () => uploader.getSnapshot().ids.slice(59).forEach(uploader.remove))
      await add(count)
      await scrollTo(scroller().scrollHeight)
    }
    const cancel = screen.getByRole('button', { name: 'Cancel file-58.txt' })
    cancel.focus()
    await scrollTo(scroller().scrollHeight)
    const { top } = cancel.getBoundingClientRect()
    await add(3)
    await scrollTo(scroller().scrollTop)
    expect(document.activeElement).toBe(cancel)
    expect(Math.abs(cancel.getBoundingClientRect().top - top)).toBeLessThan(2)
  })
})
