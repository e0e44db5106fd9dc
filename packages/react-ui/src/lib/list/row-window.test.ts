import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetsOf, placeRows, windowAt } from './row-window.ts'

const heights = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 400, size: 'max' })
const scene = fc.record({ heights, top: fc.nat(20_000), height: fc.integer({ min: 1, max: 2000 }), pinned: fc.integer({ min: -1, max: 500 }) })

describe('the rows in sight', () => {
  it('are all rendered, wherever the list is scrolled to', () => {
    fc.assert(
      fc.property(scene, ({ heights: all, top, height }) => {
        const offsets = offsetsOf(all.length, (index) => all[index]!)
        const range = windowAt(offsets, top, height)
        for (const index of all.keys()) {
          const inSight = offsets[index + 1]! > top && offsets[index]! < top + height
          if (inSight) expect(index >= range.first && index < range.last).toBe(true)
        }
      }),
    )
  })

  it('and the gaps between them add up to the whole list, so that nothing moves', () => {
    fc.assert(
      fc.property(scene, ({ heights: all, top, height, pinned }) => {
        const offsets = offsetsOf(all.length, (index) => all[index]!)
        const { rows, after } = placeRows({ ...windowAt(offsets, top, height), pinned }, offsets)
        let end = 0
        for (const { index, gap } of rows) {
          end += gap
          expect(end).toBe(offsets[index])
          end += all[index]!
        }
        expect(end + after).toBe(offsets.at(-1))
      }),
    )
  })

  it('come with the row that has the focus, once', () => {
    fc.assert(
      fc.property(scene, ({ heights: all, top, height, pinned }) => {
        fc.pre(pinned >= 0 && pinned < all.length)
        const offsets = offsetsOf(all.length, (index) => all[index]!)
        const indexes = placeRows({ ...windowAt(offsets, top, height), pinned }, offsets).rows.map(({ index }) => index)
        expect(indexes.filter((index) => index === pinned)).toHaveLength(1)
        expect(indexes).toEqual(indexes.toSorted((a, b) => a - b))
      }),
    )
  })

  it('are few, however many there are', () => {
    const offsets = offsetsOf(10_000, () => 61)
    const { rows } = placeRows({ ...windowAt(offsets, 305_000, 448), pinned: -1 }, offsets)
    expect(rows.length).toBeLessThanOrEqual(40)
    expect(rows[0]!.index).toBeGreaterThan(4900)
  })

  it('stay the same while the list is scrolled by a few rows', () => {
    const offsets = offsetsOf(1000, () => 61)
    expect(windowAt(offsets, 16 * 61 + 30, 440)).toEqual(windowAt(offsets, 16 * 61, 440))
    expect(windowAt(offsets, 4000, 440)).not.toEqual(windowAt(offsets, 0, 440))
  })
})
