import COS from 'cos-js-sdk-v5'
import { expect, inject, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'

const place = { Bucket: 'examplebucket-1250000000', Region: 'ap-guangzhou' }
const MB = 1024 * 1024

// Browsers take every name under .localhost for this machine, so the bucket can stand in the host as it does in production.
function sdk(): COS {
  const [credential] = demoConfig.credentials
  const { port } = new URL(inject('cosUrl'))
  return new COS({
    SecretId: credential?.secretId ?? '',
    SecretKey: credential?.secretKey ?? '',
    Protocol: 'http:',
    Domain: `{Bucket}.cos.{Region}.localhost:${port}`,
  })
}

const folder = `browser-sdk/${crypto.randomUUID()}`

it('stores, reads, heads, lists and deletes an object from a page', async () => {
  const cos = sdk()
  const Key = `${folder}/a b+c (腾讯云).txt`
  const put = await cos.putObject({ ...place, Key, Body: new Blob(['hello world!'], { type: 'text/plain' }) })
  expect(put).toMatchObject({ statusCode: 200, ETag: '"fc3ff98e8c6a0d3087d515c0473f8677"' })
  expect(put.headers?.['x-cos-version-id']).toMatch(/^\w+$/)
  expect((await cos.getObject({ ...place, Key })).Body).toBe('hello world!')
  expect((await cos.headObject({ ...place, Key })).headers).toMatchObject({ 'content-type': 'text/plain' })
  expect((await cos.getBucket({ ...place, Prefix: `${folder}/` })).Contents.map((entry) => entry.Key)).toEqual([Key])
  expect((await cos.deleteObject({ ...place, Key })).statusCode).toBe(204)
  await expect(cos.getObject({ ...place, Key })).rejects.toMatchObject({ statusCode: 404, code: 'NoSuchKey' })
})

it('lists versions and delete markers', async () => {
  const cos = sdk()
  const Key = `${folder}/versioned`
  const first = await cos.putObject({ ...place, Key, Body: 'one' })
  await cos.putObject({ ...place, Key, Body: 'two' })
  await cos.deleteObject({ ...place, Key })
  const all = await cos.listObjectVersions({ ...place, Prefix: Key })
  expect([all.Versions.length, all.DeleteMarkers.length]).toEqual([2, 1])
  expect((await cos.getObject({ ...place, Key, VersionId: String(first.headers?.['x-cos-version-id']) })).Body).toBe('one')
})

it('uploads in parts, with progress', async () => {
  const cos = sdk()
  const Key = `${folder}/large.bin`
  const file = new File([new Uint8Array(3 * MB + 5).fill(7)], 'large.bin')
  let percent = 0
  const done = await cos.uploadFile({ ...place, Key, Body: file, SliceSize: MB, onProgress: (progress) => (percent = progress.percent) })
  expect(done.ETag).toMatch(/-4"$/)
  expect(percent).toBe(1)
  const head = await cos.headObject({ ...place, Key })
  expect(head.headers?.['content-length']).toBe(String(file.size))
})

it('reads and restores the CORS rules and the encryption of a bucket', async () => {
  const cos = sdk()
  const { CORSRules } = await cos.getBucketCors(place)
  expect(CORSRules[0]?.AllowedOrigins).toEqual(['*'])
  await cos.putBucketCors({ ...place, CORSRules: CORSRules as COS.CORSRule[] })
  expect((await cos.getBucketCors(place)).CORSRules).toEqual(CORSRules)
  const encryption: object = await cos.getBucketEncryption(place)
  expect(encryption).toMatchObject({
    statusCode: 200,
    ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } },
  })
})

it('makes a presigned URL that fetch can read', async () => {
  const cos = sdk()
  const Key = `${folder}/signed & sent.txt`
  await cos.putObject({ ...place, Key, Body: 'by URL' })
  const url = await new Promise<string>((resolve, reject) => {
    cos.getObjectUrl({ ...place, Key, Sign: true }, (error, data) =>
      error ? reject(new Error('The SDK made no URL.', { cause: error })) : resolve(data.Url),
    )
  })
  const reply = await fetch(url)
  expect([reply.status, await reply.text()]).toEqual([200, 'by URL'])
})
