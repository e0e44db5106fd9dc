import { bucketUrl, parseBucketHost } from '@cosdrop/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actionBucket } from './action-bucket.ts'

test.each<[string, string | null]>([
  ['https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/', 'examplebucket-1250000000'],
  ['https://examplebucket-1250000000.cos.accelerate.myqcloud.com', 'examplebucket-1250000000'],
  ['https://a-b-1250000000.cos-internal.ap-guangzhou.tencentcos.cn/', 'a-b-1250000000'],
  ['http://127.0.0.1:9000/examplebucket-1250000000', 'examplebucket-1250000000'],
  ['http://127.0.0.1:9000/examplebucket-1250000000/', 'examplebucket-1250000000'],
  ['https://files.example.com/', null],
  ['https://files.example.com/a/examplebucket-1250000000/', null],
  // A custom domain, and a proxy of the app's own: an APPID has at least eight digits.
  ['https://media-2.cos.example.com/', null],
  ['https://files.example.com/upload-2/', null],
  ['http://emulator-1/', null],
  ['http://emulator-1:9000/', null],
])('%s is a URL of bucket %s', (action, bucket) => {
  expect(actionBucket(action)).toBe(bucket)
})

test('every bucket that a host names is found', () => {
  const bucket = fc.stringMatching(/^[a-z\d]([a-z\d-]{0,20}[a-z\d])?-\d{8,12}$/)
  fc.assert(
    fc.property(bucket, fc.stringMatching(/^[a-z]{2}-[a-z]{1,9}(-\d)?$/), (name, region) => {
      const url = bucketUrl({ bucket: name, region })
      expect(actionBucket(url)).toBe(parseBucketHost(new URL(url).host)?.bucket)
    }),
  )
})
