import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { progressed } from './progressed.ts'
import type { UploadItem, UploadItemIn } from './upload-item.ts'

const sending: UploadItemIn<'uploading'> = {
  id: 'a',
  file: new File(['0123456789'], 'ten.txt'),
  name: 'ten.txt',
  size: 10,
  type: '',
  relativePath: null,
  priority: 0,
  status: 'uploading',
  attempt: 1,
  progress: { kind: 'bytes', sent: 0, total: 10 },
  phase: 'sending',
  speed: null,
}

describe('progress', () => {
  test('runs forwards only, and stays below the whole until the reply is read', () => {
    const phase = fc.constantFrom('sending' as const, 'waiting' as const)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -5, max: 50 }), phase, fc.option(fc.nat(1_000)))), (steps) => {
        let item: UploadItem = sending
        for (const [sent, next, speed] of steps) {
          const before: UploadItem = Object.freeze(item)
          if (before.status !== 'uploading' || before.progress.kind !== 'bytes') throw new Error('It is not uploading any more.')
          item = progressed(before, sent, next, speed)
          expect(item).toMatchObject({ status: 'uploading', progress: { kind: 'bytes', total: 10 } })
          if (item.status === 'uploading' && item.progress.kind === 'bytes') {
            expect(item.progress.sent).toBeGreaterThanOrEqual(before.progress.sent)
            expect(item.progress.sent).toBeLessThan(10)
          }
        }
      }),
    )
    expect(progressed(sending, 10, 'waiting', null)).toMatchObject({ progress: { kind: 'bytes', sent: 9, total: 10 }, phase: 'waiting' })
  })

  test('does not say "sending" again once everything was sent', () => {
    const all = { ...sending, phase: 'waiting', progress: { kind: 'bytes', sent: 9, total: 10 } } as const
    expect(progressed(all, 4, 'sending', null)).toBe(all)
  })

  test('is unknown for a way that cannot tell', () => {
    expect(progressed(sending, null, 'sending', null)).toMatchObject({ progress: { kind: 'unknown' } })
  })

  test('that is unknown stays so whatever is told, and tells only that it waits', () => {
    const unknown = progressed(sending, null, 'sending', null)
    expect(progressed(unknown, 5, 'sending', 7)).toBe(unknown)
    expect(progressed(unknown, null, 'waiting', null)).toEqual({ ...unknown, phase: 'waiting' })
  })

  test('is told also where it is the speed alone that has changed, and not where nothing has', () => {
    const half = progressed(sending, 5, 'sending', 7)
    expect(half).toMatchObject({ phase: 'sending', progress: { sent: 5 }, speed: 7 })
    expect(progressed(half, 5, 'sending', 7)).toBe(half)
    expect(progressed(half, 5, 'sending', 3)).toMatchObject({ speed: 3 })
  })

  test('of an empty file is nothing', () => {
    expect(progressed({ ...sending, size: 0 }, 0, 'waiting', null)).toMatchObject({ progress: { sent: 0 }, phase: 'waiting' })
  })
})
