import { createEmulator, demoConfig, type EmulatorConfig } from '@cosdrop/emulator'
import vectors from '../../../../protocol/src/lib/vectors.json' with { type: 'json' }
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPostPolicy } from '../policy/post-policy.ts'
import type { FieldRules } from '../policy/field-rule.ts'
import { account, bucket, formRequest, NOON } from '../testing/demo.ts'
import { scripted } from '../testing/scripted-client.ts'
import { readBucketEncryption } from './bucket-encryption.ts'
import { createCosClient, type CosClientOptions } from './cos-client.ts'
import { readFileHash } from './file-hash.ts'
import { presignUrl, signRequest } from './sign-request.ts'

type BucketChange = Partial<EmulatorConfig['buckets'][number]>

function setUp(change: BucketChange = {}, options: Partial<CosClientOptions> = {}) {
  const clock = { now: () => NOON, sleep: async () => {} }
  const emulator = createEmulator({ clock, config: { ...demoConfig, buckets: demoConfig.buckets.map((each) => ({ ...each, ...change })) } })
  const requests: Request[] = []
  const fetchFromEmulator: typeof fetch = (input, init) => {
    const request = new Request(input, init)
    requests.push(request)
    return emulator.fetch(request)
  }
  const client = createCosClient({ ...bucket, credentials: account, now: () => NOON, fetch: fetchFromEmulator, ...options })
  async function store(key: string, content: string, fields: FieldRules = {}): Promise<void> {
    const post = createPostPolicy({ ...bucket, key, size: { max: 1000 }, fields }).sign(account, { now: NOON })
    const reply = await emulator.fetch(await formRequest(post.url, Object.entries(post.fields), new Blob([content]), 'a.txt'))
    expect(reply.status).toBe(204)
  }
  return { emulator, client, requests, store, fetchFromEmulator }
}

const XML_HEADERS = { 'Content-Type': 'application/xml' }
const errorXml = (code: string): string =>
  `<Error><Code>${code}</Code><Message>m</Message><Resource>r</Resource><RequestId>i</RequestId><TraceId>t</TraceId></Error>`

describe('HEAD', () => {
  it.each(['plain.txt', 'with space & plus+.txt', '相册/猫 (1).jpg', "it's!*.txt", 'a//b', '100%.txt', 'a?b#c'])(
    'tells of an object called %s',
    async (key) => {
      const { client, store } = setUp()
      await store(key, 'hello', {
        'Content-Type': { fixed: 'text/plain' },
        'x-cos-meta-owner': { fixed: 'ann' },
        'x-cos-storage-class': { fixed: 'STANDARD_IA' },
      })
      expect(await client.headObject(key)).toMatchObject({
        size: 5,
        etag: '"5d41402abc4b2a76b9719d911017c592"',
        crc64: '11177612005948864433',
        contentType: 'text/plain',
        storageClass: 'STANDARD_IA',
        metadata: { owner: 'ann' },
        versionId: null,
        encryption: null,
      })
    },
  )

  it.each([
    ['https://Files.Example.com', 'https://files.example.com/a/b.png'],
    ['https://files.example.com:443/', 'https://files.example.com/a/b.png'],
    ['https://文件.example.cn/', 'https://xn--5nqy36c.example.cn/a/b.png'],
  ])('asks at a domain of your own, in whatever spelling: %s', async (endpoint, asked) => {
    const { client, requests } = setUp({}, { endpoint })
    await client.headObject('a/b.png').catch(() => null)
    expect(requests.map(({ url }) => url)).toContain(asked)
  })

  it('tells versions apart', async () => {
    const { client, store } = setUp({ versioning: 'enabled' })
    await store('a', 'one')
    const first = await client.headObject('a')
    await store('a', 'two!')
    expect((await client.headObject('a'))?.size).toBe(4)
    expect((await client.headObject('a', { versionId: first!.versionId! }))?.size).toBe(3)
  })

  it('takes the version that a confirmed object tells, also where there are none', async () => {
    const { client, store, requests } = setUp()
    await store('a', 'one')
    const { versionId } = (await client.headObject('a'))!
    expect(await client.headObject('a', { versionId })).toMatchObject({ size: 3 })
    const link = await client.getObjectUrl('a', { versionId, download: undefined, expiresIn: undefined })
    await client.deleteObject('a', { versionId, signal: undefined })
    expect([...requests.map(({ url }) => url), link].filter((url) => url.includes('versionId'))).toEqual([])
  })

  it('is null for what is not there, and an error for what is refused', async () => {
    const { client, fetchFromEmulator } = setUp()
    expect(await client.headObject('nothing')).toBeNull()
    const stranger = createCosClient({ ...bucket, credentials: { ...account, secretKey: 'another key' }, now: () => NOON, fetch: fetchFromEmulator })
    await expect(stranger.headObject('nothing')).rejects.toMatchObject({ code: 'service', details: { status: 403 } })
  })

  it('takes no empty key: that URL is the bucket, and a link to it a list of all that is there', async () => {
    const { client, requests } = setUp()
    const unnamed = { code: 'unsupported' }
    await expect(client.getObjectUrl('')).rejects.toMatchObject(unnamed)
    await expect(client.deleteObject('')).rejects.toMatchObject(unnamed)
    await expect(client.headObject('')).rejects.toMatchObject(unnamed)
    expect(requests).toEqual([])
  })

  it('cannot name a key that URLs take for a path', async () => {
    const { client, requests } = setUp()
    await expect(client.headObject('a/../b')).rejects.toMatchObject({ code: 'unsupported', details: { reason: 'dot-segments' } })
    expect(requests).toEqual([])
  })

  it('works by path on a server without a name, as the local COS is', async () => {
    const { client, store } = setUp({}, { endpoint: 'http://127.0.0.1:9000/examplebucket-1250000000/' })
    await store('a b', 'hello')
    expect((await client.headObject('a b'))?.size).toBe(5)
  })

  it('asks by the platform’s own fetch, and again by its own clock, where the app gives neither', async () => {
    const { store, fetchFromEmulator } = setUp()
    await store('a', 'hello')
    const busy = async (): Promise<Response> => new Response(null, { status: 503 })
    vi.stubGlobal('fetch', vi.fn<typeof fetch>(fetchFromEmulator).mockImplementationOnce(busy).mockImplementationOnce(busy))
    onTestFinished(() => void vi.unstubAllGlobals())
    const client = createCosClient({ ...bucket, credentials: account, now: () => NOON, random: () => 0 })
    expect((await client.headObject('a'))?.size).toBe(5)
  })

  it('asks no oftener than it is told to', async () => {
    const busy = vi.fn<typeof fetch>(async () => new Response(null, { status: 503 }))
    const { client } = setUp({}, { fetch: busy, attempts: 1 })
    await expect(client.headObject('a')).rejects.toMatchObject({ details: { status: 503 } })
    expect(busy).toHaveBeenCalledOnce()
  })

  it('stops when it is told to', async () => {
    const stopped = AbortSignal.abort(new Error('the page is gone'))
    const client = createCosClient({ ...bucket, credentials: account, fetch: (_url, init) => Promise.reject(init?.signal?.reason) })
    await expect(client.headObject('a', { signal: stopped })).rejects.toThrow('the page is gone')
  })
})

describe('a link', () => {
  it.each([NaN, -1, 0, 0.5, Infinity])('gives no link that nobody could open, or with no end: %d seconds', async (expiresIn) => {
    const { client } = setUp()
    await expect(client.getObjectUrl('a', { expiresIn })).rejects.toMatchObject({ code: 'rules-invalid', details: { field: 'expiresIn' } })
  })

  it('opens the object for who has it, until it ends, and for nobody who changes it', async () => {
    const { client, emulator, store } = setUp()
    await store('相册/猫.txt', 'hello')
    const url = await client.getObjectUrl('相册/猫.txt', { download: '猫 & co.txt' })
    expect(url).not.toContain('+')
    const reply = await emulator.fetch(new Request(url))
    expect([reply.status, await reply.text()]).toEqual([200, 'hello'])
    expect(reply.headers.get('Content-Disposition')).toBe("attachment; filename*=UTF-8''%E7%8C%AB%20%26%20co.txt")
    expect((await emulator.fetch(new Request(url.replace('attachment', 'inline')))).status).toBe(403)
    const ended = presignUrl({ url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/a', credentials: account, now: NOON - 3600_000 })
    expect((await emulator.fetch(new Request(ended))).status).toBe(403)
  })

  it('is given for a name that was cut in the middle of a sign too', async () => {
    const { client } = setUp()
    const url = new URL(await client.getObjectUrl('a', { download: 'cat 🐈'.slice(0, -1) }))
    expect(url.searchParams.get('response-content-disposition')).toBe("attachment; filename*=UTF-8''cat%20%EF%BF%BD")
  })

  it('says nothing of how it is saved where the app does not', async () => {
    expect(await setUp().client.getObjectUrl('a')).not.toContain('disposition')
  })

  it('carries its signature where COS can see it, also when the address has a fragment', () => {
    const url = new URL(presignUrl({ url: 'https://example.com/a?versionId=1#page=2', credentials: account, now: NOON }))
    expect([url.hash, url.searchParams.get('versionId'), url.searchParams.get('q-ak')]).toEqual(['', '1', account.secretId])
  })
})

describe('signatures', () => {
  const { secretId, secretKey } = vectors.postPolicy.documentedExample

  it('equal the golden ones', () => {
    const golden = vectors.requestSignature.selfComputed.find(({ id }) => id === 'get-bucket-encryption')!
    const [start = 0, end = 0] = golden.stringToSign.split('\n')[1]!.split(';').map(Number)
    const { Authorization } = signRequest({
      url: 'https://examplebucket-1250000000.cos.ap-beijing.myqcloud.com/?encryption',
      credentials: { secretId, secretKey },
      now: (start + 60) * 1000,
      expiresIn: end - start - 60,
    })
    expect(Authorization).toBe(golden.authorization)
  })

  it.each([presignUrl, signRequest])('are not made of an address in which a percent sign stands as it is; what to write is told', (sign) => {
    const asked = (): unknown => sign({ url: 'https://example.com/100%.txt', credentials: account })
    expect(asked).toThrow(expect.objectContaining({ code: 'rules-invalid', message: expect.stringContaining('%25') }))
  })

  it('send the token of temporary credentials, in a header or in the URL', () => {
    const credentials = { ...account, token: 'a token/+' }
    expect(signRequest({ url: 'https://example.com/', credentials })).toMatchObject({ 'x-cos-security-token': 'a token/+' })
    expect(presignUrl({ url: 'https://example.com/', credentials })).toContain('&x-cos-security-token=a%20token%2F%2B')
  })
})

describe('the bucket’s encryption', () => {
  it.each([
    [null, null],
    [{ algorithm: 'AES256' }, { kind: 'SSE-COS', algorithm: 'AES256' }],
  ] as const)('%o is told as %o', async (encryption, told) => {
    const { client } = setUp({ encryption } as BucketChange)
    expect(await client.getBucketEncryption()).toEqual(told)
  })

  it.each(['ServerSideEncryptionConfiguration', 'EncryptionConfiguration'])(
    'is read under the root %s, KMS in the words of upload fields',
    (root) => {
      const rule = '<SSEAlgorithm>KMS</SSEAlgorithm><KMSMasterKeyID>key-1</KMSMasterKeyID>'
      // The declaration as the documentation's sample has it, without its second "?".
      const xml = `<?xml version = "1.0" encoding = "UTF-8"><${root}><Rule><ApplyServerSideEncryptionByDefault>${rule}</ApplyServerSideEncryptionByDefault></Rule></${root}>`
      expect(readBucketEncryption(xml)).toEqual({ kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'key-1' })
    },
  )

  it.each([
    ['', 'root missing, SSEAlgorithm missing'],
    ['<html>', 'root missing, SSEAlgorithm missing'],
    ['<Other/>', 'root Other, SSEAlgorithm missing'],
    ['<EncryptionConfiguration><Rule/></EncryptionConfiguration>', 'root EncryptionConfiguration, SSEAlgorithm missing'],
    [
      '<E><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>SM4</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></E>',
      'root E, SSEAlgorithm SM4',
    ],
  ])('is not guessed from %s', (xml, problem) => {
    expect(() => readBucketEncryption(xml)).toThrow(expect.objectContaining({ code: 'reply-malformed', details: { problem } }))
  })

  it('is not "none" when the bucket is not there', async () => {
    const { client } = scripted([() => new Response(errorXml('NoSuchBucket'), { status: 404, headers: XML_HEADERS })])
    await expect(client.getBucketEncryption()).rejects.toMatchObject({ code: 'service', details: { serviceCode: 'NoSuchBucket' } })
  })
})

describe('the file hash', () => {
  it.each([
    ['md5', '5d41402abc4b2a76b9719d911017c592'],
    ['sha1', 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
    ['sha256', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ] as const)('%s is computed by the service', async (type, value) => {
    const { client, store } = setUp()
    await store('a', 'hello')
    expect(await client.getFileHash('a', type)).toEqual({ type, value, size: 5 })
  })

  it('is kept with the object where the app wants that, and else leaves it as it is', async () => {
    const { client, store } = setUp()
    await store('a', 'hello')
    await client.getFileHash('a', 'md5')
    expect((await client.headObject('a'))?.metadata).toEqual({})
    const { value } = (await client.getFileHash('a', 'sha1', { addToHeader: true }))!
    expect((await client.headObject('a'))?.metadata).toEqual({ sha1: value })
  })

  it('is null for what is not there', async () => {
    expect(await setUp().client.getFileHash('nothing', 'md5')).toBeNull()
  })

  const head = (headers: Record<string, string>) => () => new Response(null, { headers })
  it.each([
    ['size', { 'Content-Length': String(128 * 1024 ** 2) }],
    ['storage-class', { 'Content-Length': '5', 'x-cos-storage-class': 'ARCHIVE' }],
  ])('is not asked for when its %s forbids it', async (reason, headers) => {
    const { client, sent } = scripted([head(headers)])
    await expect(client.getFileHash('a', 'md5')).rejects.toMatchObject({ code: 'unsupported', details: { reason } })
    expect(sent.map(({ method }) => method)).toEqual(['HEAD'])
  })

  it('is not asked for in a region that does not offer it', async () => {
    const client = createCosClient({
      ...bucket,
      region: 'eu-frankfurt',
      credentials: account,
      fetch: async () => new Response(null, { headers: { 'Content-Length': '5' } }),
    })
    await expect(client.getFileHash('a', 'md5')).rejects.toMatchObject({ code: 'unsupported', details: { reason: 'region' } })
  })

  it('is told as refused, and not as malformed, when COS refuses it', async () => {
    const head = (): Response => new Response(null, { headers: { 'Content-Length': '5' } })
    const { client } = scripted([head, () => new Response(null, { status: 403 })])
    await expect(client.getFileHash('a', 'md5')).rejects.toMatchObject({ code: 'service', details: { status: 403 } })
  })

  it('is not guessed from an answer without it', () => {
    for (const xml of ['', '<Response/>', '<Response><FileHashCodeResult><SHA1>x</SHA1></FileHashCodeResult></Response>']) {
      expect(() => readFileHash(xml, 'md5')).toThrow(expect.objectContaining({ code: 'reply-malformed' }))
    }
  })
})

describe('DELETE', () => {
  it('takes the object away, and is content when it was gone', async () => {
    const { client, store } = setUp()
    await store('a', 'hello')
    expect(await client.deleteObject('a')).toEqual({ deleteMarker: false, versionId: null })
    expect(await client.headObject('a')).toBeNull()
    expect(await client.deleteObject('a')).toMatchObject({ deleteMarker: false })
  })

  it('is content with a service that has no such object to delete, and says so', async () => {
    const { client } = scripted([() => new Response(errorXml('NoSuchKey'), { status: 404, headers: XML_HEADERS })])
    expect(await client.deleteObject('a')).toEqual({ deleteMarker: false, versionId: null })
  })

  it('is not said to be done when COS refused it, or has no such bucket', async () => {
    const { client } = setUp({}, { credentials: { ...account, secretKey: 'another key of the right length' } })
    await expect(client.deleteObject('a')).rejects.toMatchObject({ code: 'service', details: { serviceCode: 'SignatureDoesNotMatch' } })
    const { client: other } = setUp({}, { bucket: 'nobody-1250000000' })
    await expect(other.deleteObject('a')).rejects.toMatchObject({ code: 'service', details: { serviceCode: 'NoSuchBucket' } })
  })

  it('leaves a marker in a bucket with versioning', async () => {
    const { client, store } = setUp({ versioning: 'enabled' })
    await store('a', 'hello')
    expect(await client.deleteObject('a')).toMatchObject({ deleteMarker: true, versionId: expect.any(String) })
  })
})
