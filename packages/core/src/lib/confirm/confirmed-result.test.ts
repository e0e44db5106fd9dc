import { expect, test } from 'vitest'
import type { UploadResult } from '../upload-result.ts'
import { confirmedResult, isSameFile } from './confirmed-result.ts'
import type { ConfirmedObject } from './confirm-port.ts'

const action = 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/'

const object: ConfirmedObject = {
  bucket: 'examplebucket-1250000000',
  key: 'a',
  size: 1,
  etag: '"newer"',
  crc64: null,
  versionId: 'newer',
  encryption: null,
  location: 'https://cdn.example/a',
}

const reply: UploadResult = {
  bucket: 'examplebucket-1250000000',
  key: 'a',
  location: `${action}a`,
  etag: '"own"',
  versionId: 'own',
  crc64: '42',
  integrity: 'verified',
  encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
  requestId: 'r',
  status: 204,
  via: 'xhr',
  diagnostics: [],
}

test('an object of that size is the file where storage tells no CRC-64 of it, and is not with another one, or another size', () => {
  expect(isSameFile(object, 1, '42')).toBe(true)
  expect(isSameFile({ ...object, crc64: '43' }, 1, '42')).toBe(false)
  expect(isSameFile(object, 2, '42')).toBe(false)
})

test('what storage answered for this very upload stands, whatever the server found under its key since', () => {
  expect(confirmedResult(object, reply, '42', action)).toEqual(reply)
})

test('what the page could not read of storage’s answer is as the server found it', () => {
  const unread = { ...reply, bucket: null, etag: null, versionId: null, crc64: null, integrity: 'unavailable', encryption: null } as const
  const found = { ...object, bucket: 'other-1250000000', crc64: '42', encryption: { kind: 'SSE-COS', algorithm: 'AES256' } } as const
  const { bucket, etag, versionId, crc64, encryption } = found
  expect(confirmedResult(found, unread, '42', action)).toEqual({ ...unread, bucket, etag, versionId, crc64, encryption, integrity: 'verified' })
  expect(confirmedResult(found, { ...unread, bucket: reply.bucket }, '42', action).bucket).toBe(reply.bucket)
})

test('what the server filled in is not said to be unreadable, and what nobody could read still is', () => {
  const unread = { ...reply, etag: null, crc64: null, requestId: null, integrity: 'unavailable' } as const
  const diagnostics = ['ETag', 'x-cos-hash-crc64ecma', 'x-cos-request-id'].map((header) => ({ code: 'redirect', header, message: '' }) as const)
  const told = (found: ConfirmedObject, crc64: string | null): string[] =>
    confirmedResult(found, { ...unread, diagnostics }, crc64, action).diagnostics.map(({ header }) => header)
  expect(told({ ...object, crc64: '42' }, '42')).toEqual(['x-cos-request-id'])
  expect(told(object, '42')).toEqual(['x-cos-hash-crc64ecma', 'x-cos-request-id'])
  const unhashed = { code: 'file-not-hashed', header: 'x-cos-hash-crc64ecma', message: '' } as const
  expect(confirmedResult(object, { ...unread, crc64: '42', diagnostics: [unhashed] }, null, action).diagnostics).toEqual([unhashed])
})

test('an object of which storage tells no CRC-64 is called neither proved nor another one', () => {
  expect(confirmedResult(object, null, '42', action)).toMatchObject({ integrity: 'unavailable', crc64: null })
})

test('an upload of which no reply came is where the server says that it is', () => {
  expect(confirmedResult(object, null, null, action)).toMatchObject({ location: 'https://cdn.example/a', via: 'confirm' })
  expect(confirmedResult({ ...object, location: null }, null, null, action)).toMatchObject({ location: `${action}a` })
})
