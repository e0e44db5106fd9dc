import { expect, test } from 'vitest'
import { createDragDepth } from './drag-depth.ts'

function start(): { depth: ReturnType<typeof createDragDepth>; told: boolean[] } {
  const told: boolean[] = []
  return { depth: createDragDepth((inside) => told.push(inside)), told }
}

test('children that are crossed change nothing', () => {
  const { depth, told } = start()
  const [zone, child] = [new EventTarget(), new EventTarget()]
  depth.enter(zone)
  depth.enter(child)
  depth.leave(zone)
  depth.enter(zone)
  depth.leave(child)
  expect(told).toEqual([true])
  depth.leave(zone)
  expect(told).toEqual([true, false])
  expect(depth.isInside()).toBe(false)
})

test('an element that vanishes during the drag does not keep the zone lit', () => {
  const { depth, told } = start()
  const zone = Object.assign(new EventTarget(), { isConnected: true })
  const row = Object.assign(new EventTarget(), { isConnected: true })
  depth.enter(zone)
  depth.enter(row)
  row.isConnected = false
  depth.leave(zone)
  expect(told).toEqual([true, false])
})

test('a drop ends it, and the next drag begins anew', () => {
  const { depth, told } = start()
  depth.enter(new EventTarget())
  depth.enter(new EventTarget())
  depth.reset()
  depth.reset()
  depth.enter(new EventTarget())
  expect(told).toEqual([true, false, true])
})
