import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { become, progressed } from './item-transitions.ts'
import { CosUploadError } from './upload-error.ts'
import { isSettled, type UploadItem, type UploadItemIn, type UploadState } from './upload-item.ts'
import type { UploadResult } from './upload-result.ts'

const file = new File(['0123456789'], 'ten.txt')
const queued: UploadItem = { id: 'a', file, name: 'ten.txt', size: 10, type: '', relativePath: null, priority: 0, status: 'queued' }
const error = new CosUploadError('network', 'down', { probe: null, url: '' })
const result: UploadResult = {
  bucket: null,
  key: 'k',
  location: 'http://x/k',
  etag: null,
  versionId: null,
  crc64: null,
  integrity: 'unavailable',
  encryption: null,
  requestId: null,
  status: 204,
  via: 'xhr',
  diagnostics: [],
}

const start = { status: 'uploading', attempt: 1, progress: { kind: 'bytes', sent: 0, total: 10 }, phase: 'sending', speed: null } as const
const sending: UploadItemIn<'uploading'> = { ...queued, ...start }

const state: fc.Arbitrary<UploadState> = fc.constantFrom<UploadState>(
  { status: 'queued' },
  { status: 'hashing', hashedBytes: 4 },
  { status: 'signing' },
  start,
  { status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 7, error },
  { status: 'confirming', attempt: 2 },
  { status: 'success', result },
  { status: 'error', attempt: 1, error },
  { status: 'canceled' },
)

test('whatever happens to an item in whatever order, it ends once, and only a failed or canceled one is queued again', () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 40 }), (states) => {
      let item: UploadItem = Object.freeze({ ...queued })
      for (const next of states) {
        const before: UploadItem = item
        // Frozen: an edit in place throws.
        item = Object.freeze(become(before, next))
        expect(item.id).toBe(before.id)
        if (!isSettled(before)) expect(item).toMatchObject(next)
        else if (item !== before) expect([before.status !== 'success', item.status]).toEqual([true, 'queued'])
      }
    }),
  )
})

test('an item holds just what its status has', () => {
  expect(Object.keys(become(sending, { status: 'signing' })).sort()).toEqual(Object.keys({ ...queued }).sort())
  expect(become(sending, { status: 'success', result })).not.toHaveProperty('progress')
})

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

  test('of an empty file is nothing', () => {
    expect(progressed({ ...sending, size: 0 }, 0, 'waiting', null)).toMatchObject({ progress: { sent: 0 }, phase: 'waiting' })
  })
})
