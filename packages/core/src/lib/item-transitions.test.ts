import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeItem, type ItemChange } from './item-transitions.ts'
import { CosUploadError } from './upload-error.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
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

const change: fc.Arbitrary<ItemChange> = fc.oneof(
  fc.record({ type: fc.constant('prioritise' as const), priority: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ type: fc.constant('hash' as const), hashedBytes: fc.nat(10) }),
  fc.constant({ type: 'sign' } as const),
  fc.record({ type: fc.constant('send' as const), attempt: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    type: fc.constant('progress' as const),
    sent: fc.option(fc.integer({ min: -5, max: 50 })),
    phase: fc.constantFrom('sending' as const, 'waiting' as const),
    speed: fc.option(fc.nat(1_000)),
  }),
  fc.record({
    type: fc.constant('wait' as const),
    attempt: fc.nat(5),
    maxAttempts: fc.constant(5),
    retryAt: fc.nat(1_000),
    error: fc.constant(error),
  }),
  fc.record({ type: fc.constant('confirm' as const), attempt: fc.nat(5) }),
  fc.constant({ type: 'succeed', result } as const),
  fc.record({ type: fc.constant('fail' as const), attempt: fc.nat(5), error: fc.constant(error) }),
  fc.constant({ type: 'cancel' } as const),
  fc.constant({ type: 'requeue' } as const),
  fc.constant({ type: 'prepare', file: new File(['abc'], 'b.txt', { type: 'text/plain' }), name: 'b.txt' } as const),
)

const settling = new Set(['succeed', 'fail', 'cancel'])

test('whatever happens to an item in whatever order, it ends once, and its progress runs forwards', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      let item: UploadItem = Object.freeze({ ...queued })
      for (const next of changes) {
        const before: UploadItem = item
        // Frozen: an edit in place throws.
        item = Object.freeze(changeItem(before, next))
        expect(item.id).toBe(before.id)
        if (isSettled(before) && item !== before) {
          expect(['requeue', 'prioritise']).toContain(next.type)
          if (before.status === 'success') expect(item.status).toBe('success')
        }
        if (isSettled(item) && !isSettled(before)) expect(settling.has(next.type)).toBe(true)
        if (item.status === 'uploading' && item.progress.kind === 'bytes') {
          expect(item.progress.sent).toBeGreaterThanOrEqual(0)
          expect(item.progress.sent).toBeLessThan(Math.max(1, item.size))
          if (next.type === 'progress' && before.status === 'uploading' && before.progress.kind === 'bytes') {
            expect(item.progress.sent).toBeGreaterThanOrEqual(before.progress.sent)
          }
        }
      }
    }),
  )
})

test('an item holds just what its status has', () => {
  const sending = changeItem(queued, { type: 'send', attempt: 1 })
  expect(Object.keys(changeItem(sending, { type: 'sign' })).sort()).toEqual(Object.keys({ ...queued }).sort())
  expect(changeItem(sending, { type: 'succeed', result })).not.toHaveProperty('progress')
})

describe('progress', () => {
  const sending = changeItem(queued, { type: 'send', attempt: 1 })

  test('stays below the whole until the reply is read', () => {
    const all = changeItem(sending, { type: 'progress', sent: 10, phase: 'waiting', speed: null })
    expect(all).toMatchObject({ progress: { kind: 'bytes', sent: 9, total: 10 }, phase: 'waiting' })
  })

  test('does not say "sending" again once everything was sent', () => {
    const all = changeItem(sending, { type: 'progress', sent: 10, phase: 'waiting', speed: null })
    expect(changeItem(all, { type: 'progress', sent: 4, phase: 'sending', speed: null })).toBe(all)
  })

  test('is unknown for a way that cannot tell', () => {
    expect(changeItem(sending, { type: 'progress', sent: null, phase: 'sending', speed: null })).toMatchObject({ progress: { kind: 'unknown' } })
  })

  test('starts at nothing with every attempt', () => {
    const half = changeItem(sending, { type: 'progress', sent: 5, phase: 'sending', speed: 3 })
    expect(changeItem(half, { type: 'send', attempt: 2 })).toMatchObject({ attempt: 2, progress: { sent: 0 }, speed: null })
  })
})
