import type { AnyUploadError, UploadItem, UploadResult, UploadState } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { canRetry } from './can-retry.ts'
import { describeStatus } from './describe-status.ts'
import { createFormat } from './format/format.ts'
import { en } from './messages/en.ts'
import { storedResult } from './testing/staged-items.ts'
import { CosUploadError } from '@cosdrop/core'

const base = { id: '1', file: new Blob(), name: 'a', size: 1000, type: '', relativePath: null, priority: 0 }
const item = (state: UploadState): UploadItem => ({ ...base, ...state })
const line = (state: UploadState, queue: 'open' | 'paused' | 'offline' = 'open', seconds = 0) =>
  describeStatus(item(state), queue, seconds, en, createFormat('en', en.units))
const words = (...given: Parameters<typeof line>) => line(...given).words.map((word) => word.replaceAll('\u00a0', ' '))
const sending = (sent: number, speed: number | null) =>
  ({ status: 'uploading', attempt: 1, phase: 'sending', speed, progress: { kind: 'bytes', sent, total: 1000 } }) as const
const problemOf = (status: number, code: string | null) =>
  status === 503 ? 'busy' : status === 504 ? 'gateway' : code === 'EntityTooLarge' ? 'size' : 'other'
const service = (status: number, serviceCode: string | null = null) =>
  new CosUploadError('service', '', {
    status,
    problem: problemOf(status, serviceCode),
    serviceCode,
    serviceMessage: null,
    requestId: null,
    traceId: null,
    resource: null,
    retryAfter: null,
  })
const tooLarge = new CosUploadError('policy-mismatch', '', {
  field: 'content-length-range',
  condition: '',
  expected: '0 to 8 bytes',
  actual: '1000',
})
const retrying = (error: AnyUploadError) => ({ status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 0, error }) as const

describe('the words of each phase', () => {
  it('say why a file waits', () => {
    expect([words({ status: 'queued' }), words({ status: 'queued' }, 'paused'), words({ status: 'queued' }, 'offline')]).toEqual([
      ['Waiting'],
      ['Paused'],
      ['Waiting for the network'],
    ])
  })

  it('tell speed and time once they are known', () => {
    expect(words(sending(0, null))).toEqual(['Uploading'])
    // It stands still: no remaining time of days.
    expect(words(sending(0, 1e-5))).toEqual(['0 B/s'])
    expect(words(sending(500, 100))).toEqual(['100 B/s', '5 s left'])
    expect(words({ ...sending(0, 100), progress: { kind: 'unknown' } })).toEqual(['Uploading'])
  })

  it('do not pretend to be done when only the sending is', () => {
    expect(words({ ...sending(999, 100), phase: 'waiting' })).toEqual(['Sent, waiting for storage'])
  })

  it('tell the reason and the time of the next try', () => {
    expect(words(retrying(service(503)), 'open', 6)).toEqual(['Storage is busy', 'Next try in 6 s'])
    expect(words(retrying(service(500)), 'open', 0)).toEqual(['Storage had a problem', 'Waiting to try again'])
    expect(words(retrying(new CosUploadError('network', '', { probe: null, url: '' })), 'open', 1)).toEqual(['Connection lost', 'Next try in 1 s'])
  })

  it.each([
    ['Connection lost', new CosUploadError('network', '', { probe: null, url: '' })],
    ['Connection lost', new CosUploadError('outcome-unknown', '', { probe: null, url: '', key: '' })],
    ['Connection stalled', new CosUploadError('stalled', '', { idleMs: 30_000, sent: 0 })],
    ['No permission yet', new CosUploadError('policy-unreachable', '', { url: null, status: 502, retryAfter: null })],
    ['That did not work', new CosUploadError('file-unreadable', '', { name: 'a', problem: '' })],
  ])('tell "%s" as what the next try waits for, and which one it is', (reason, error) => {
    expect(line(retrying(error), 'open', 2)).toEqual({ tone: 'warn', words: [reason, 'Next try in 2 s'], aside: '(2 of 5)' })
  })

  it('go on counting down to the next try in a queue that waits for the network', () => {
    expect(words(retrying(service(500)), 'offline', 2)).toEqual(['Storage had a problem', 'Next try in 2 s'])
  })

  it.each<[UploadResult['integrity'], string, string]>([
    ['verified', 'good', 'Stored and verified'],
    ['unavailable', 'good', 'Stored'],
    ['mismatch', 'warn', 'Stored, but not the same bytes'],
  ])('promise of a stored file whose proof is "%s" no more than that', (integrity, tone, word) => {
    expect(line({ status: 'success', result: { ...storedResult, integrity } })).toEqual({ tone, words: [word] })
  })

  it.each<[UploadState, string, string]>([
    [{ status: 'hashing', hashedBytes: 250 }, 'plain', 'Checking the file, 25%'],
    [{ status: 'signing' }, 'plain', 'Asking for permission'],
    [{ status: 'confirming', attempt: 1 }, 'warn', 'Sent, asking whether it is stored'],
    [{ status: 'canceled' }, 'plain', 'Canceled'],
    [{ status: 'error', attempt: 1, error: service(500) }, 'bad', 'Storage had a problem'],
    [{ status: 'error', attempt: 0, error: tooLarge }, 'bad', 'Not uploaded'],
  ])('of %o are %s: %s', (state, tone, word) => {
    expect(line(state)).toEqual({ tone, words: [word] })
  })

  it('count hashed bytes of an empty file as none', () => {
    expect(describeStatus({ ...item({ status: 'hashing', hashedBytes: 0 }), size: 0 }, 'open', 0, en, createFormat('en', en.units)).words).toEqual([
      'Checking the file, 0%',
    ])
  })
})

describe('"try again"', () => {
  it('is offered where it can help, and not where the same file ends the same way', () => {
    const failed = (error: CosUploadError<'service'>) => item({ status: 'error', attempt: 1, error })
    expect(canRetry(failed(service(500)))).toBe(true)
    expect(canRetry(failed(service(400, 'EntityTooLarge')))).toBe(false)
    expect(canRetry(item({ status: 'canceled' }))).toBe(true)
    expect(canRetry(item({ status: 'queued' }))).toBe(false)
  })
})

it.each(['paused', 'offline'] as const)('a file whose retry is due in a queue that is %s is not said to be tried again', (queue) => {
  const error = new CosUploadError('network', '', { probe: null, url: '' })
  const said = words({ status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 0, error }, queue)
  expect(said).not.toContain('Waiting to try again')
  expect(said).toContain(en[queue])
})

it.each([
  new CosUploadError('outcome-unknown', '', { probe: null, url: '', key: '' }),
  new CosUploadError('outcome-unknown', '', { probe: 'landing-cors', url: '', key: '' }),
  new CosUploadError('redirect-unreadable', '', { url: '' }),
  service(504),
])('a file that may be stored ($code) is told as a doubt, not as a failure that another try mends', (error) => {
  const { tone, words: title } = describeStatus(item({ status: 'error', attempt: 1, error }), 'open', 0, en, createFormat('en', en.units))
  expect([tone, ...title]).toEqual(['warn', 'May be stored already'])
})
