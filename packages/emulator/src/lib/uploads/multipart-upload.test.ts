import { readErrorXml, readXml } from '@cosdrop/protocol'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmulator, type Emulator } from '../emulator.ts'
import { DirectoryStorage } from '../storage/directory-storage.ts'
import { MemoryStorage } from '../storage/memory-storage.ts'
import type { ObjectStorage } from '../storage/object-storage.ts'
import { bucketOrigin, signedRequest } from '../testing/signed-request.ts'

const BUCKET = 'examplebucket-1250000000'
const MB = 1024 * 1024
const key = 'folder/large file.bin'

function bytes(seed: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed) % 251)
}

function md5(data: Uint8Array): string {
  return createHash('md5').update(data).digest('hex')
}

let folder: string
const storages: Readonly<Record<string, () => Promise<ObjectStorage>>> = {
  'in memory': () => Promise.resolve(new MemoryStorage()),
  'in a directory': () => DirectoryStorage.open(folder),
}

describe.each(Object.entries(storages))('a multipart upload %s', (where, openStorage) => {
  let emulator: Emulator
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cosdrop-parts-'))
    emulator = createEmulator({ storage: await openStorage() })
  })
  afterEach(async () => {
    await emulator.service.storage.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function begin(headers: Record<string, string> = {}): Promise<string> {
    const reply = await emulator.fetch(signedRequest({ method: 'POST', key, params: [['uploads', '']], headers }))
    const xml = readXml(await reply.text())
    expect(xml?.children.map(({ name }) => name)).toEqual(['Bucket', 'Key', 'UploadId'])
    return xml?.children.at(2)?.text ?? ''
  }

  function part(uploadId: string, number: number | string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    const params = [
      ['partNumber', String(number)],
      ['uploadId', uploadId],
    ] as const
    return emulator.fetch(signedRequest({ method: 'PUT', key, params, body, headers }))
  }

  function abort(uploadId: string): Promise<Response> {
    return emulator.fetch(signedRequest({ method: 'DELETE', key, params: [['uploadId', uploadId]] }))
  }

  function complete(uploadId: string, parts: readonly (readonly [number, string])[]): Promise<Response> {
    const body = `<CompleteMultipartUpload>${parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`).join('')}</CompleteMultipartUpload>`
    return emulator.fetch(signedRequest({ method: 'POST', key, params: [['uploadId', uploadId]], body }))
  }

  async function codeOf(reply: Promise<Response>): Promise<string | undefined> {
    return readErrorXml(await (await reply).text())?.code
  }

  async function leftovers(): Promise<number> {
    if (where === 'in memory') return 0
    return (await readdir(join(folder, 'temporary'))).length
  }

  it('is completed once, however many ask at once, as a client does whose first request took too long', async () => {
    const uploadId = await begin()
    const etag = (await part(uploadId, 1, bytes(1, MB))).headers.get('etag') ?? ''
    const replies = await Promise.all([1, 2, 3].map(() => complete(uploadId, [[1, etag]])))
    expect(replies.map(({ status }) => status)).toEqual([200, 404, 404])
  })

  it('that cannot be completed, since somebody deleted a part of it, leaves no file of the parts that were joined before', async () => {
    if (where === 'in memory') return
    const uploadId = await begin()
    const etags: (readonly [number, string])[] = []
    const temporary = join(folder, 'temporary')
    for (const number of [1, 2]) {
      const before = new Set(await readdir(temporary))
      etags.push([number, (await part(uploadId, number, bytes(number, MB))).headers.get('etag') ?? ''])
      if (number === 2) for (const name of await readdir(temporary)) if (!before.has(name)) await rm(join(temporary, name))
    }
    const onFault = vi.spyOn(console, 'error').mockReturnValue()
    expect((await complete(uploadId, etags)).status).toBe(500)
    expect(onFault).toHaveBeenCalledOnce()
    expect(await leftovers()).toBe(1)
  })

  it('that is aborted while it is completed is stored whole, or not at all', async () => {
    const uploadId = await begin()
    const etag = (await part(uploadId, 1, bytes(1, MB))).headers.get('etag') ?? ''
    const { storage } = emulator.service
    const createBlob = storage.createBlob.bind(storage)
    let aborted: Promise<Response> | undefined
    // The parts are about to be joined: the abort has its turns before they are.
    vi.spyOn(storage, 'createBlob').mockImplementationOnce(async () => {
      aborted = abort(uploadId)
      for (let turn = 0; turn < 50; turn++) await readdir(folder)
      return createBlob()
    })
    expect((await complete(uploadId, [[1, etag]])).status).toBe(200)
    expect((await aborted)?.status).toBe(404)
    const stored = await emulator.fetch(signedRequest({ key }))
    expect(md5(new Uint8Array(await stored.arrayBuffer()))).toBe(md5(bytes(1, MB)))
  })

  it('that is aborted while a part arrives takes it no more, and nothing of it stays', async () => {
    const uploadId = await begin()
    const { storage } = emulator.service
    const createBlob = storage.createBlob.bind(storage)
    vi.spyOn(storage, 'createBlob').mockImplementationOnce(async () => {
      expect((await abort(uploadId)).status).toBe(204)
      return createBlob()
    })
    expect(await codeOf(part(uploadId, 1, 'late'))).toBe('NoSuchUpload')
    expect(await leftovers()).toBe(0)
  })

  it('joins its parts in the order of their numbers, whatever order they came in', async () => {
    const id = await begin({ 'Content-Type': 'video/mp4', 'x-cos-meta-color': 'green' })
    const [one, two, three] = [bytes(1, MB), bytes(2, MB + 5), bytes(3, 7)]
    for (const [number, body] of [
      [3, three],
      [1, one],
      [2, two],
    ] as const) {
      const reply = await part(id, number, body)
      expect([reply.status, reply.headers.get('etag')]).toEqual([200, `"${md5(body)}"`])
    }
    const reply = await complete(id, [
      [1, `"${md5(one)}"`],
      [2, md5(two)],
      [3, `"${md5(three)}"`],
    ])
    const etag = `"${md5(Buffer.from(md5(one) + md5(two) + md5(three), 'hex'))}-3"`
    expect(readXml(await reply.text())).toMatchObject({
      name: 'CompleteMultipartUploadResult',
      children: [{ text: expect.stringMatching(/^http:\/\/.*\/folder\/large%20file\.bin$/) }, { text: BUCKET }, { text: key }, { text: etag }],
    })
    const got = await emulator.fetch(signedRequest({ key }))
    expect(Buffer.from(await got.arrayBuffer()).equals(Buffer.concat([one, two, three]))).toBe(true)
    expect(got.headers.get('etag')).toBe(etag)
    expect([got.headers.get('content-type'), got.headers.get('x-cos-meta-color')]).toEqual(['video/mp4', 'green'])
    expect(reply.headers.get('x-cos-hash-crc64ecma')).toBe(got.headers.get('x-cos-hash-crc64ecma'))
    expect(await leftovers()).toBe(0)
    expect(await codeOf(complete(id, [[1, md5(one)]]))).toBe('NoSuchUpload')
  })

  it('is invisible until it is completed, and leaves nothing when it is given up', async () => {
    const id = await begin()
    await part(id, 1, bytes(1, 100))
    expect((await emulator.fetch(signedRequest({ key }))).status).toBe(404)
    const abort = (): Request => signedRequest({ method: 'DELETE', key, params: [['uploadId', id]] })
    expect((await emulator.fetch(abort())).status).toBe(204)
    expect(await leftovers()).toBe(0)
    expect(await codeOf(emulator.fetch(abort()))).toBe('NoSuchUpload')
    expect(await codeOf(part(id, 1, 'x'))).toBe('NoSuchUpload')
  })

  it('keeps the newer of two parts with one number', async () => {
    const id = await begin()
    await part(id, 1, 'old')
    await part(id, 1, 'new')
    expect(await codeOf(complete(id, [[1, md5(Buffer.from('old'))]]))).toBe('InvalidPart')
    expect((await complete(id, [[1, md5(Buffer.from('new'))]])).status).toBe(200)
    expect(await (await emulator.fetch(signedRequest({ key }))).text()).toBe('new')
    expect(await leftovers()).toBe(0)
  })

  it('refuses what COS refuses, and stays open for a better try', async () => {
    const id = await begin()
    const [one, two] = [bytes(1, MB), bytes(2, 10)]
    await part(id, 1, one)
    await part(id, 2, two)
    await part(id, 4, two)
    expect(
      await codeOf(
        complete(id, [
          [2, md5(two)],
          [1, md5(one)],
        ]),
      ),
    ).toBe('InvalidPartOrder')
    expect(
      await codeOf(
        complete(id, [
          [1, md5(one)],
          [1, md5(one)],
        ]),
      ),
    ).toBe('InvalidPartOrder')
    expect(await codeOf(complete(id, [[1, md5(two)]]))).toBe('InvalidPart')
    expect(
      await codeOf(
        complete(id, [
          [1, md5(one)],
          [2, md5(two)],
          [3, md5(two)],
        ]),
      ),
    ).toBe('InvalidPart')
    expect(await codeOf(complete(id, [[2, md5(two)]]))).toBe('InvalidPart')
    expect(
      await codeOf(
        complete(id, [
          [1, 'x'],
          [NaN, 'x'],
        ]),
      ),
    ).toBe('MalformedXML')
    expect(await codeOf(complete(id, []))).toBe('MalformedXML')
    const without = (name: string): Request => {
      const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${md5(one)}</ETag></Part></CompleteMultipartUpload>`
      return signedRequest({ method: 'POST', key, params: [['uploadId', id]], body: body.replace(new RegExp(`<${name}>.*</${name}>`), '') })
    }
    expect(await codeOf(emulator.fetch(without('ETag')))).toBe('InvalidPart')
    expect(await codeOf(emulator.fetch(without('PartNumber')))).toBe('MalformedXML')
    expect(await codeOf(part(id, 0, 'x'))).toBe('InvalidArgument')
    expect(await codeOf(part(id, 10_001, 'x'))).toBe('InvalidArgument')
    expect((await part(id, 10_000, 'x')).status).toBe(200)
    expect(await codeOf(part(id, '1e1', 'x'))).toBe('InvalidArgument')
    expect(await codeOf(part(id, 1, 'x', { 'Content-MD5': '7o3pGNBWQBRbGPcPTDqmAg==' }))).toBe('BadDigest')
    await part(id, 1, two)
    expect(
      await codeOf(
        complete(id, [
          [1, md5(two)],
          [2, md5(two)],
        ]),
      ),
    ).toBe('EntityTooSmall')
    await part(id, 1, one)
    expect(
      (
        await complete(id, [
          [1, md5(one)],
          [2, md5(two)],
        ])
      ).status,
    ).toBe(200)
  })

  it('that must not overwrite is refused where the key was taken meanwhile, and leaves nothing but its parts', async () => {
    const id = await begin({ 'x-cos-forbid-overwrite': 'true' })
    const etag = (await part(id, 1, 'mine')).headers.get('etag') ?? ''
    await emulator.fetch(signedRequest({ method: 'PUT', key, body: 'theirs' }))
    expect(await codeOf(complete(id, [[1, etag]]))).toBe('FileAlreadyExists')
    expect(await (await emulator.fetch(signedRequest({ key }))).text()).toBe('theirs')
    expect(await leftovers()).toBe(where === 'in memory' ? 0 : 1)
    expect((await abort(id)).status).toBe(204)
    expect(await leftovers()).toBe(0)
  })

  it('takes no call for another: copied parts and callbacks are unknown to it', async () => {
    const id = await begin()
    const calls = [
      { method: 'POST', params: [['uploads', '']], headers: { 'Pic-Operations': '{}' } },
      { method: 'PUT', params: Object.entries({ partNumber: '1', uploadId: id }), headers: { 'x-cos-copy-source': `${BUCKET}/a` } },
      { method: 'POST', params: [['uploadId', id]], headers: { 'x-cos-callback': 'x' } },
    ] as const
    for (const call of calls) expect(await codeOf(emulator.fetch(signedRequest({ key, ...call })))).toBe('NotImplemented')
    expect(emulator.service.uploads.of(BUCKET)).toMatchObject([{ parts: new Map() }])
  })

  it('belongs to its bucket: a request to another one finds no upload', async () => {
    const other = 'other-1250000000'
    const two = createEmulator({ storage: emulator.service.storage, config: { buckets: [{ name: BUCKET }, { name: other }] } })
    const begun = await two.fetch(signedRequest({ method: 'POST', key, params: [['uploads', '']] }))
    const id = /<UploadId>(.*)<\/UploadId>/.exec(await begun.text())?.[1] ?? ''
    const listed = (origin: string): Promise<Response> => two.fetch(signedRequest({ key, params: [['uploadId', id]], origin }))
    expect((await listed(bucketOrigin)).status).toBe(200)
    expect(await codeOf(listed(bucketOrigin.replace(BUCKET, other)))).toBe('NoSuchUpload')
  })

  it("belongs to its key: another key's request finds no upload", async () => {
    const id = await begin()
    const other = signedRequest({
      method: 'PUT',
      key: 'other',
      params: [
        ['partNumber', '1'],
        ['uploadId', id],
      ],
      body: 'x',
    })
    expect(await codeOf(emulator.fetch(other))).toBe('NoSuchUpload')
  })

  it('encrypted with a key of its own wants that key with every part', async () => {
    const prefix = 'x-cos-server-side-encryption-customer-'
    const own = {
      [`${prefix}algorithm`]: 'AES256',
      [`${prefix}key`]: 'MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=',
      [`${prefix}key-MD5`]: 'U5L61r7jcwdNvT7frmUG8g==',
    }
    const id = await begin(own)
    expect(await codeOf(part(id, 1, 'x'))).toBe('InvalidArgument')
    const reply = await part(id, 1, 'x', own)
    expect([reply.status, reply.headers.get(`${prefix}key-MD5`)]).toEqual([200, 'U5L61r7jcwdNvT7frmUG8g=='])
    const etag = reply.headers.get('etag') ?? ''
    expect(etag).not.toContain(md5(Buffer.from('x')))
    expect((await complete(id, [[1, etag]])).status).toBe(200)
    expect((await emulator.fetch(signedRequest({ key }))).status).toBe(400)
    expect(await (await emulator.fetch(signedRequest({ key, headers: own }))).text()).toBe('x')
    const plain = await begin()
    expect(await codeOf(part(plain, 1, 'x', own))).toBe('InvalidArgument')
  })

  it('is found by who lists all of a key page by page, and aborts what each page brings', async () => {
    const ids = new Set([await begin(), await begin(), await begin(), await begin()])
    let params: (readonly [string, string])[] = []
    for (let page = 0; page < 4; page++) {
      const reply = await emulator.fetch(signedRequest({ params: [['uploads', ''], ['max-uploads', '1'], ...params] }))
      const text = (name: string): string => new RegExp(`<${name}>(.*)</${name}>`).exec(xml)?.[1] ?? ''
      const xml = await reply.text()
      const id = text('UploadId')
      expect(ids.delete(id)).toBe(true)
      expect((await abort(id)).status).toBe(204)
      params = [
        ['key-marker', text('NextKeyMarker')],
        ['upload-id-marker', text('NextUploadIdMarker')],
      ]
    }
    expect(ids).toEqual(new Set())
  })

  it('is listed by its key among others, and folder by folder', async () => {
    for (const name of ['z', 'b/2', 'y', 'b/1', 'a/1', 'x'])
      await emulator.fetch(signedRequest({ method: 'POST', key: name, params: [['uploads', '']] }))
    const listed = async (...params: (readonly [string, string])[]): Promise<readonly string[]> => {
      const reply = await emulator.fetch(signedRequest({ params: [['uploads', ''], ...params] }))
      return (
        (await reply.text()).match(/(?<=<(?:Encoding-Type|Delimiter|Key|Prefix|NextKeyMarker|NextUploadIdMarker)>)[^<]+|<NextUploadIdMarker\/>/g) ??
        []
      )
    }
    expect(await listed()).toEqual(['a/1', 'b/1', 'b/2', 'x', 'y', 'z'])
    expect(await listed(['key-marker', 'x'])).toEqual(['y', 'z'])
    expect(await listed(['prefix', 'b/'])).toEqual(['b/', 'b/1', 'b/2'])
    expect(await listed(['delimiter', '/'], ['key-marker', 'a/'])).toEqual(['/', 'x', 'y', 'z', 'b/'])
    expect(await listed(['delimiter', '/'], ['max-uploads', '2'])).toEqual(['b/', '<NextUploadIdMarker/>', '/', 'a/', 'b/'])
    expect(await listed(['delimiter', '/'], ['encoding-type', 'url'], ['max-uploads', '1'])).toEqual([
      'url',
      'a%2F',
      '<NextUploadIdMarker/>',
      '%2F',
      'a%2F',
    ])
  })

  it('lists uploads and parts by pages', async () => {
    const ids = [await begin(), await begin()].toSorted()
    for (const number of [2, 1, 3]) await part(ids[0] ?? '', number, `part ${number}`)
    const list = async (path: string, params: readonly (readonly [string, string])[]): Promise<Record<string, string[]>> => {
      const xml = readXml(await (await emulator.fetch(signedRequest({ key: path, params }))).text())
      const values: Record<string, string[]> = {}
      for (const child of xml?.children ?? [])
        values[child.name] = [
          ...(values[child.name] ?? []),
          child.children.length > 0 ? (child.children[child.name === 'Upload' ? 1 : 0]?.text ?? '') : child.text,
        ]
      return values
    }
    const parts = await list(key, [
      ['uploadId', ids[0] ?? ''],
      ['max-parts', '2'],
    ])
    expect(parts).toMatchObject({ Part: ['1', '2'], IsTruncated: ['true'], NextPartNumberMarker: ['2'] })
    const rest = await list(key, [
      ['uploadId', ids[0] ?? ''],
      ['part-number-marker', '2'],
    ])
    expect(rest).toMatchObject({ Part: ['3'], IsTruncated: ['false'], PartNumberMarker: ['2'] })
    expect(rest).not.toHaveProperty('NextPartNumberMarker')
    const none = await list(key, [
      ['uploadId', ids[0] ?? ''],
      ['max-parts', '0'],
      ['encoding-type', 'url'],
    ])
    expect(none).toMatchObject({ 'Encoding-type': ['url'], Key: ['folder%2Flarge%20file.bin'], IsTruncated: ['false'] })
    expect(none).not.toHaveProperty('Part')
    const uploads = await list('', [
      ['uploads', ''],
      ['max-uploads', '1'],
    ])
    expect(uploads).toMatchObject({ Upload: [ids[0]], IsTruncated: ['true'], NextUploadIdMarker: [ids[0]] })
    const more = await list('', [
      ['uploads', ''],
      ['key-marker', key],
      ['upload-id-marker', ids[0] ?? ''],
    ])
    expect(more).toMatchObject({ Upload: [ids[1]], IsTruncated: ['false'] })
    expect(
      await list('', [
        ['uploads', ''],
        ['prefix', 'nothing/'],
      ]),
    ).not.toHaveProperty('Upload')
  })
})
