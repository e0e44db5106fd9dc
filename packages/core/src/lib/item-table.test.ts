import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createItemTable } from './item-table.ts'
import type { UploadItem } from './upload-item.ts'

const ids = ['a', 'b', 'c', 'd'] as const
const file = new Blob()

function item(id: string, priority: number): UploadItem {
  return Object.freeze({ id, file, name: id, size: 0, type: '', relativePath: null, priority, status: 'queued' } as const)
}

test('a view keeps what it saw, however the items change afterwards', () => {
  const step = fc.oneof(fc.record({ id: fc.constantFrom(...ids), priority: fc.nat(9), remove: fc.boolean() }), fc.constant('view' as const))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const table = createItemTable()
      const model = new Map<string, UploadItem>()
      const views: [ReturnType<typeof table.view>, ReadonlyMap<string, UploadItem>][] = []
      for (const next of steps) {
        if (next === 'view') views.push([table.view([...model.keys()]), new Map(model)])
        else if (next.remove) {
          table.set(next.id, undefined)
          model.delete(next.id)
        } else {
          const one = item(next.id, next.priority)
          table.set(next.id, one)
          model.set(next.id, one)
        }
      }
      for (const [view, expected] of views) {
        expect(view.size).toBe(expected.size)
        expect([...view]).toEqual([...expected.values()])
        for (const id of ids) expect(view.get(id)).toBe(expected.get(id))
      }
    }),
  )
})
