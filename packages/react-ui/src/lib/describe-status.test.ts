import type { UploadItem, UploadState } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { canRetry } from './can-retry.ts'
import { describeStatus } from './describe-status.ts'
import { createFormat } from './format/format.ts'
import { en } from './messages/en.ts'
import { CosUploadError } from '@cosdrop/core'

const base = { id: '1', file: new Blob(), name: 'a', size: 1000, type: '', relativePath: null, priority: 0 }
const item = (state: UploadState): UploadItem => ({ ...base, ...state })
const words = (state: UploadState, queue: 'open' | 'paused' | 'offline' = 'open', seconds = 0) =>
  describeStatus(item(state), queue, seconds, en, createFormat('en', en.units)).words.map((word) => word.replaceAll('\u00a0', ' '))
const sending = (sent: number, speed: number | null) =>
  ({ status: 'uploading', attempt: 1, phase: 'sending', speed, progress: { kind: 'bytes', sent, total: 1000 } }) as const
const problemOf = (status: number, code: string | null) => (status === 503 ? 'busy' : code === 'EntityTooLarge' ? 'size' : 'other')
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
const retrying = (error: CosUploadError<'service'> | CosUploadError<'network'>) =>
  ({ status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 0, error }) as const

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
  })

  it('do not pretend to be done when only the sending is', () => {
    expect(words({ ...sending(999, 100), phase: 'waiting' })).toEqual(['Sent, waiting for storage'])
  })

  it('tell the reason and the time of the next try', () => {
    expect(words(retrying(service(503)), 'open', 6)).toEqual(['Storage is busy', 'Next try in 6 s'])
    expect(words(retrying(service(500)), 'open', 0)).toEqual(['Storage had a problem', 'Waiting to try again'])
    expect(words(retrying(new CosUploadError('network', '', { probe: null, url: '' })), 'open', 1)).toEqual(['Connection lost', 'Next try in 1 s'])
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
])('a file that may be stored ($code) is told as a doubt, not as a failure that another try mends', (error) => {
  const { tone, words: title } = describeStatus(item({ status: 'error', attempt: 1, error }), 'open', 0, en, createFormat('en', en.units))
  expect([tone, ...title]).toEqual(['warn', 'May be stored already'])
})
