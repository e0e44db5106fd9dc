import COS from 'cos-nodejs-sdk-v5'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { startEmulator, type RunningEmulator } from '../server/start-emulator.ts'

const place = { Bucket: 'examplebucket-1250000000', Region: 'ap-guangzhou' }
const MB = 1024 * 1024
let running: RunningEmulator
let cos: COS
let folder: string

function sdk(options: COS.COSOptions = {}): COS {
  const [credential] = demoConfig.credentials
  return new COS({
    SecretId: credential?.secretId ?? '',
    SecretKey: credential?.secretKey ?? '',
    Protocol: 'http:',
    Proxy: running.url,
    KeepAlive: false,
    ...options,
  })
}

async function localFile(name: string, size: number): Promise<{ path: string; bytes: Buffer }> {
  const bytes = Buffer.alloc(size, `${name} `)
  const path = join(folder, name)
  await writeFile(path, bytes)
  return { path, bytes }
}

/** What the SDK documents and does, where its type declarations say something else. */
function documented<Params>(params: object): Params {
  return params as Params
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosdrop-sdk-'))
  running = await startEmulator()
  cos = sdk()
})
afterAll(async () => {
  await running.close()
  await rm(folder, { recursive: true })
})

describe('cos-nodejs-sdk-v5, unchanged, through its Proxy option', () => {
  it('stores a stream whose length nobody told', async () => {
    const Key = 'folder/stream'
    expect(await cos.putObject({ ...place, Key, Body: Readable.from([Buffer.from('hello '), Buffer.from('world!')]) })).toMatchObject({
      statusCode: 200,
    })
    expect((await cos.getObject({ ...place, Key })).Body.toString()).toBe('hello world!')
  })

  it('stores an object and reads it back with its metadata', async () => {
    const Key = 'folder/a b+c (腾讯云).txt'
    const put = await cos.putObject({ ...place, Key, Body: 'hello world!', ContentType: 'text/plain', 'x-cos-meta-color': 'green' })
    expect(put).toMatchObject({ statusCode: 200, ETag: `"${md5(Buffer.from('hello world!'))}"` })
    expect(put.headers?.['x-cos-hash-crc64ecma']).toBe('9548687815775124833')
    const got = await cos.getObject({ ...place, Key })
    expect(got.Body.toString()).toBe('hello world!')
    expect(got.headers).toMatchObject({ 'content-type': 'text/plain', 'x-cos-meta-color': 'green' })
    const head = await cos.headObject({ ...place, Key })
    expect(head.headers).toMatchObject({ 'content-length': '12', 'content-type': 'text/plain' })
    expect((await cos.getObject({ ...place, Key, Range: 'bytes=6-10' })).Body.toString()).toBe('world')
  })

  it('is refused with its own error, code and all', async () => {
    await expect(cos.getObject({ ...place, Key: 'missing' })).rejects.toMatchObject({ statusCode: 404, code: 'NoSuchKey' })
    const stranger = sdk({ SecretKey: 'wrong' })
    await expect(stranger.getObject({ ...place, Key: 'a' })).rejects.toMatchObject({ statusCode: 403, code: 'SignatureDoesNotMatch' })
    await expect(cos.headObject({ ...place, Key: 'missing' })).rejects.toMatchObject({ statusCode: 404 })
  })

  it('lists a bucket by pages and by folders', async () => {
    for (const Key of ['list/1.txt', 'list/2.txt', 'list/deep/3.txt', 'list/deep/4.txt', 'list/z.txt']) {
      await cos.putObject({ ...place, Key, Body: Key })
    }
    const folders = await cos.getBucket({ ...place, Prefix: 'list/', Delimiter: '/' })
    expect(folders.Contents.map(({ Key }) => Key)).toEqual(['list/1.txt', 'list/2.txt', 'list/z.txt'])
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'list/deep/' }])
    const names: string[] = []
    let Marker: string | undefined = ''
    while (Marker !== undefined) {
      const page: COS.GetBucketResult = await cos.getBucket({ ...place, Prefix: 'list/', MaxKeys: 2, Marker })
      names.push(...page.Contents.map(({ Key }) => Key))
      Marker = page.IsTruncated === 'true' ? page.NextMarker : undefined
    }
    expect(names).toEqual(['list/1.txt', 'list/2.txt', 'list/deep/3.txt', 'list/deep/4.txt', 'list/z.txt'])
    const encoded = await cos.getBucket({ ...place, Prefix: 'folder/', EncodingType: 'url' })
    expect(encoded.Contents[0]?.Key).toBe('folder%2Fa%20b%2Bc%20%28%E8%85%BE%E8%AE%AF%E4%BA%91%29.txt')
  })

  it('deletes one object, and several at once', async () => {
    expect((await cos.deleteObject({ ...place, Key: 'list/1.txt' })).statusCode).toBe(204)
    const many = await cos.deleteMultipleObject({ ...place, Objects: [{ Key: 'list/2.txt' }, { Key: 'never-there' }] })
    expect(many.Deleted.map(({ Key }) => Key)).toEqual(['list/2.txt', 'never-there'])
    await expect(cos.headObject({ ...place, Key: 'list/2.txt' })).rejects.toMatchObject({ statusCode: 404 })
  })

  it('reads and writes the CORS rules', async () => {
    const before = await cos.getBucketCors(place)
    expect(before.CORSRules[0]?.AllowedOrigins).toEqual(['*'])
    const rule = {
      AllowedOrigins: ['https://example.com'],
      AllowedMethods: ['POST', 'GET'],
      AllowedHeaders: ['*'],
      ExposeHeaders: ['ETag'],
      MaxAgeSeconds: '5',
    }
    await cos.putBucketCors(documented<COS.PutBucketCorsParams>({ ...place, CORSRules: [rule], ResponseVary: 'true' }))
    const after = await cos.getBucketCors(place)
    expect(after.CORSRules).toMatchObject([{ ...rule, AllowedMethods: ['GET', 'POST'] }])
    expect(after.ResponseVary).toBe('true')
    await cos.deleteBucketCors(place)
    expect((await cos.getBucketCors(place)).CORSRules).toEqual([])
  })

  it('reads and writes the default encryption, which new objects then have', async () => {
    expect((await cos.getBucketEncryption(place)).statusCode).toBe(404)
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
    await cos.putBucketEncryption(documented<COS.PutBucketEncryptionParams>({ ...place, ServerSideEncryptionConfiguration: { Rule: [rule] } }))
    const read: object = await cos.getBucketEncryption(place)
    expect(read).toMatchObject({ statusCode: 200, ServerSideEncryptionConfiguration: { Rule: rule } })
    const put = await cos.putObject({ ...place, Key: 'encrypted', Body: 'x' })
    expect(put.headers?.['x-cos-server-side-encryption']).toBe('AES256')
    expect((await cos.deleteBucketEncryption(place)).statusCode).toBe(204)
    expect((await cos.putObject({ ...place, Key: 'plain', Body: 'x' })).headers?.['x-cos-server-side-encryption']).toBeUndefined()
  })

  it('reads a presigned URL without a signature of its own', async () => {
    await cos.putObject({ ...place, Key: 'signed & sent.txt', Body: 'by URL' })
    const url = await new Promise<string>((resolve, reject) => {
      cos.getObjectUrl({ ...place, Key: 'signed & sent.txt', Sign: true, Expires: 60 }, (error, data) =>
        error ? reject(new Error('The SDK made no URL.', { cause: error })) : resolve(data.Url),
      )
    })
    // The address is the one of the service: a client that has no proxy sends its path and Host to the emulator.
    const emulated = (text: string): Promise<Response> => running.emulator.fetch(new Request(text))
    const reply = await emulated(url)
    expect([reply.status, await reply.text()]).toEqual([200, 'by URL'])
    expect((await emulated(url.replace('signed', 'sealed'))).status).toBe(403)
  })

  it('uploads a large file in parts', async () => {
    const { path, bytes } = await localFile('large.bin', 3 * MB + 17)
    const done = await cos.sliceUploadFile({ ...place, Key: 'large.bin', FilePath: path })
    expect(done.ETag).toMatch(/^"[\da-f]{32}-4"$/)
    const got = await cos.getObject({ ...place, Key: 'large.bin' })
    expect(md5(got.Body)).toBe(md5(bytes))
    expect(running.emulator.service.uploads.of(place.Bucket)).toEqual([])
  })

  it('takes up an upload where another process left it', async () => {
    const { path, bytes } = await localFile('resumed.bin', 3 * MB)
    const { UploadId } = await cos.multipartInit({ ...place, Key: 'resumed.bin' })
    await cos.multipartUpload({ ...place, Key: 'resumed.bin', UploadId, PartNumber: 1, Body: bytes.subarray(0, MB) })
    const parts = await cos.multipartListPart({ ...place, Key: 'resumed.bin', UploadId })
    expect(parts.Part).toMatchObject([{ PartNumber: '1', Size: String(MB), ETag: `"${md5(bytes.subarray(0, MB))}"` }])
    const before = running.emulator.service.counts.ofKey(place.Bucket, 'resumed.bin')['PUT'] ?? 0
    await cos.uploadFile({ ...place, Key: 'resumed.bin', FilePath: path, SliceSize: MB })
    expect((running.emulator.service.counts.ofKey(place.Bucket, 'resumed.bin')['PUT'] ?? 0) - before).toBe(2)
    expect(md5((await cos.getObject({ ...place, Key: 'resumed.bin' })).Body)).toBe(md5(bytes))
  })

  it('gives up an upload', async () => {
    const { UploadId } = await cos.multipartInit({ ...place, Key: 'given-up' })
    expect((await cos.multipartList({ ...place, Prefix: 'given', Delimiter: '' })).Upload).toMatchObject([{ Key: 'given-up', UploadId }])
    await cos.abortUploadTask({ ...place, Level: 'task', Key: 'given-up', UploadId })
    expect((await cos.multipartList({ ...place, Prefix: 'given', Delimiter: '' })).Upload).toEqual([])
    const part = { ...place, Key: 'given-up', UploadId, PartNumber: 1, Body: 'x' }
    await expect(cos.multipartUpload(part)).rejects.toMatchObject({ statusCode: 404, code: 'NoSuchUpload' })
  })

  it('finds the bucket, and the list of all of them', async () => {
    expect((await cos.headBucket(place)).statusCode).toBe(200)
    const service = await cos.getService({})
    expect(service.Buckets).toMatchObject([{ Name: place.Bucket, Location: place.Region }])
  })

  it('keeps versions apart, and hides them behind a delete marker', async () => {
    await cos.putBucketVersioning({ ...place, VersioningConfiguration: { Status: 'Enabled' } })
    expect((await cos.getBucketVersioning(place)).VersioningConfiguration.Status).toBe('Enabled')
    const first = await cos.putObject({ ...place, Key: 'versioned', Body: 'one' })
    const second = await cos.putObject({ ...place, Key: 'versioned', Body: 'two' })
    const [one, two] = [first.headers?.['x-cos-version-id'], second.headers?.['x-cos-version-id']]
    const gone = await cos.deleteObject({ ...place, Key: 'versioned' })
    expect(gone.headers?.['x-cos-delete-marker']).toBe('true')
    await expect(cos.getObject({ ...place, Key: 'versioned' })).rejects.toMatchObject({ statusCode: 404 })
    expect((await cos.getObject({ ...place, Key: 'versioned', VersionId: one })).Body.toString()).toBe('one')
    const all = await cos.listObjectVersions({ ...place, Prefix: 'versioned' })
    expect(all.Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [two, 'false'],
      [one, 'false'],
    ])
    expect(all.DeleteMarkers).toMatchObject([{ VersionId: gone.headers?.['x-cos-version-id'], IsLatest: 'true' }])
    await cos.deleteObject(documented<COS.DeleteObjectParams>({ ...place, Key: 'versioned', VersionId: gone.headers?.['x-cos-version-id'] }))
    expect((await cos.getObject({ ...place, Key: 'versioned' })).Body.toString()).toBe('two')
  })
})

it('also works through its Ip option, which sends the bucket in the Host header', async () => {
  const direct = sdk({ Proxy: '', Ip: `127.0.0.1:${running.port}` })
  expect((await direct.putObject({ ...place, Key: 'by-ip', Body: 'x' })).statusCode).toBe(200)
})

it('works with temporary keys, and is told when they have ended', async () => {
  const temporary = { secretId: 'AKIDtemporary', secretKey: 'temporary-key', token: 'temporary-token' }
  const credentials = [
    { ...temporary, expiresAt: '2099-01-01T00:00:00Z' },
    { ...temporary, secretId: 'AKIDended', expiresAt: '2020-01-01T00:00:00Z' },
  ]
  const own = await startEmulator({ config: { credentials } })
  const keys = { Proxy: own.url, SecretId: temporary.secretId, SecretKey: temporary.secretKey, SecurityToken: temporary.token }
  try {
    expect((await sdk(keys).putObject({ ...place, Key: 'a', Body: 'x' })).statusCode).toBe(200)
    expect((await sdk(keys).getObject({ ...place, Key: 'a' })).Body.toString()).toBe('x')
    await expect(sdk({ ...keys, SecurityToken: 'another' }).getObject({ ...place, Key: 'a' })).rejects.toMatchObject({ code: 'AccessDenied' })
    await expect(sdk({ ...keys, SecretId: 'AKIDended' }).getObject({ ...place, Key: 'a' })).rejects.toMatchObject({ code: 'ExpiredToken' })
  } finally {
    await own.close()
  }
})
