import type { UploadItem, UploadResult } from '@cosdrop/core'
import { CosUploadError } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { detailRows } from './detail-rows.ts'
import { en } from './messages/en.ts'
import { storedResult } from './testing/staged-items.ts'

const base = { id: '1', file: new Blob(), name: 'a', size: 1, type: '', relativePath: null, priority: 0 }
const rowsOf = (result: Partial<UploadResult>) =>
  Object.fromEntries(detailRows({ ...base, status: 'success', result: { ...storedResult, ...result } }, en).map(({ label, value }) => [label, value]))

describe('the details of a stored file', () => {
  it('are location, integrity, encryption and request', () => {
    expect(rowsOf({})).toEqual({
      Location: storedResult.location,
      Integrity: 'CRC-64 14580938234906722291, equal to storage’s',
      Encryption: 'SSE-COS AES256',
      Request: storedResult.requestId,
    })
  })

  it('say how sure the integrity is, and which setting hides the checksum', () => {
    expect(rowsOf({ integrity: 'unavailable' })['Integrity']).toMatch(/not checked/u)
    expect(rowsOf({ integrity: 'mismatch' })['Integrity']).toMatch(/different/u)
    expect(rowsOf({ crc64: null, integrity: 'unavailable' })['Integrity']).toBeUndefined()
    const diagnostics = [{ code: 'header-not-exposed', header: 'x-cos-hash-crc64ecma', message: '' }] as const
    expect(rowsOf({ crc64: null, integrity: 'unavailable', diagnostics })['Integrity']).toMatch(/ExposeHeaders/u)
  })

  it('name each kind of encryption', () => {
    expect(rowsOf({ encryption: { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'key-1' } })['Encryption']).toBe('SSE-KMS cos/kms, key-1')
    expect(rowsOf({ encryption: { kind: 'SSE-C', algorithm: 'AES256', keyMd5: null } })['Encryption']).toBe('SSE-C AES256')
    expect(rowsOf({ encryption: { kind: 'SSE-C', algorithm: 'AES256', keyMd5: 'bWQ1' } })['Encryption']).toBe('SSE-C AES256, MD5 bWQ1')
    expect(rowsOf({ encryption: null })['Encryption']).toBe('None reported')
  })
})

describe('the details of a failure', () => {
  const rows = (item: UploadItem) => detailRows(item, en).map(({ label, value }) => `${label}: ${value}`)

  it('are what a support ticket needs', () => {
    const error = new CosUploadError('service', '', {
      status: 403,
      problem: 'denied',
      serviceCode: 'AccessDenied',
      serviceMessage: 'Access Denied.',
      requestId: 'req',
      traceId: 'trace',
      resource: null,
      retryAfter: null,
    })
    expect(rows({ ...base, status: 'error', attempt: 1, error })).toEqual([
      'Error: service',
      'HTTP status: 403',
      'Storage said: AccessDenied: Access Denied.',
      'Request: req',
      'Trace: trace',
    ])
  })

  it('carry the developer’s own text where storage said nothing', () => {
    const error = new CosUploadError('stalled', 'Nothing was sent for 30 s.', { idleMs: 30_000, sent: 0 })
    expect(rows({ ...base, status: 'error', attempt: 1, error })).toEqual(['Error: stalled', 'Report: Nothing was sent for 30 s.'])
  })

  it('are none while nothing is settled', () => {
    expect(rows({ ...base, status: 'queued' })).toEqual([])
  })
})
