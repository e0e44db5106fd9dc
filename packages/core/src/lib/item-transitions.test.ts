import fc from 'fast-check'
import { expect, test } from 'vitest'
import { become } from './item-transitions.ts'
import { plainResult } from './testing/plain-result.ts'
import { CosUploadError } from './upload-error.ts'
import { isSettled, type UploadItem, type UploadItemIn, type UploadState } from './upload-item.ts'

const file = new File(['0123456789'], 'ten.txt')
const queued: UploadItem = { id: 'a', file, name: 'ten.txt', size: 10, type: '', relativePath: null, priority: 0, status: 'queued' }
const error = new CosUploadError('network', 'down', { probe: null, url: '' })

const start = { status: 'uploading', attempt: 1, progress: { kind: 'bytes', sent: 0, total: 10 }, phase: 'sending', speed: null } as const
const sending: UploadItemIn<'uploading'> = { ...queued, ...start }

const state: fc.Arbitrary<UploadState> = fc.constantFrom<UploadState>(
  { status: 'queued' },
  { status: 'hashing', hashedBytes: 4 },
  { status: 'signing' },
  start,
  { status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 7, error },
  { status: 'confirming', attempt: 2 },
  { status: 'success', result: plainResult },
  { status: 'error', attempt: 1, error },
  { status: 'canceled' },
)

test('whatever happens to an item in whatever order, it ends once, and only a failed or canceled one is queued again', () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 40, size: 'max' }), (states) => {
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
  expect(become(sending, { status: 'success', result: plainResult })).not.toHaveProperty('progress')
})
