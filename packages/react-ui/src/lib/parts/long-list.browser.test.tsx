import '../../styles.css'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { CosUploader } from '../cos-uploader.tsx'
import { indexes, many, scrollTo, scroller } from '../testing/long-list.ts'
import { stored } from '../testing/staged-items.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'
import { Item } from './item.tsx'
import { List } from './list.tsx'

afterEach(cleanup)

describe('a long list', () => {
  it.each([
    ['a little higher', undefined],
    ['much higher', 200],
  ])('is there when it is scrolled up from its end, though its rows are %s than was thought, and shows what it showed', async (_, blockSize) => {
    render(
      <CosUploader uploader={createStagedUploader({ items: many(2000).map(({ name }) => stored(name)) })}>
        <List>{(id) => <Item id={id} style={{ blockSize }} />}</List>
      </CosUploader>,
    )
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
})
