import { expect, test } from 'vitest'
import type { ConfirmedObject, ConfirmPort, ConfirmRequest } from './confirm/confirm-port.ts'
import { createHttpConfirmPort } from './confirm/http-confirm-port.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'

const object: ConfirmedObject = {
  bucket: 'examplebucket-1250000000',
  key: 'uploads/1/a',
  size: 10,
  etag: '"e"',
  crc64: '42',
  versionId: null,
  encryption: null,
  location: null,
}

test('with integrity off and confirmWhen always no file is hashed that storage answered for', async () => {
  let hashed = 0
  const { uploader, run, storage, statuses } = createUploaderFixture({
    integrity: 'off',
    confirm: async () => ({ outcome: 'stored', object }),
    confirmWhen: 'always',
    hasher: async () => ((hashed += 1), { crc64: '42' }),
  })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed({ ETag: '"e"' })
  await run()
  expect({ statuses: statuses(), hashed }).toEqual({ statuses: ['success'], hashed: 0 })
})

test('with integrity off and confirmWhen always a file whose hash never ends is not held', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({
    integrity: 'off',
    confirm: async () => ({ outcome: 'stored', object }),
    confirmWhen: 'always',
    hasher: () => new Promise(() => {}),
  })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed({ ETag: '"e"' })
  await run()
  expect(statuses()).toEqual(['success'])
})

test('a file that can be read without end is asked about without its hash, and does not hold up the others', async () => {
  const asked: ConfirmRequest[] = []
  const { uploader, clock, run, storage, statuses } = createUploaderFixture({
    concurrency: 1,
    confirm: async (request) => (asked.push(request), { outcome: 'absent' }),
    hasher: () => new Promise(() => {}),
    retry: false,
  })
  uploader.add(files(['a', 'b']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(20_000)
  expect({ statuses: statuses(), asked }).toEqual({ statuses: ['confirming', 'queued'], asked: [] })
  await clock.advance(60_000)
  expect(statuses()).toEqual(['error', 'uploading'])
  expect(asked[0]).not.toHaveProperty('crc64')
})

test.each([
  ['one that differs', async () => ({ crc64: '43' })],
  ['none', () => Promise.reject(new Error('no wasm'))],
] as const)('with integrity off an upload that was asked about is sent again without proof (hash: %s)', async (_name, hasher) => {
  const { uploader, clock, run, storage, items } = createUploaderFixture({
    integrity: 'off',
    confirm: async () => ({ outcome: 'absent' }),
    hasher,
  })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(60_000)
  expect(storage.requests).toHaveLength(2)
  storage.last().succeed({ ETag: '"e"', 'x-cos-hash-crc64ecma': '42' })
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'unavailable' } }])
  expect(items()).not.toMatchObject([{ result: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'file-not-hashed' })]) } }])
})

test('an upload that is not proved is asked about with its CRC-64 too: an older object under its key may have its size', async () => {
  const asked: ConfirmRequest[] = []
  const { uploader, run, storage, items } = createUploaderFixture({
    integrity: 'off',
    async confirm(request) {
      asked.push(request)
      return { outcome: 'stored', object: { ...object, crc64: '41' } }
    },
    hasher: async () => ({ crc64: '42' }),
  })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await run()
  expect(asked).toMatchObject([{ crc64: '42' }])
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
})

test('an app that wants to be told of a difference only is told, also where its server is asked about each upload', async () => {
  const asked: ConfirmRequest[] = []
  const { uploader, run, storage, items } = createUploaderFixture({
    integrity: 'report',
    // As createConfirmHandler does: bytes that are not the file's are another object.
    async confirm(request) {
      asked.push(request)
      return request.crc64 === undefined || request.crc64 === object.crc64 ? { outcome: 'stored', object } : { outcome: 'different' }
    },
    confirmWhen: 'always',
    hasher: async () => ({ crc64: '43' }),
  })
  for (const crc64 of [{ 'x-cos-hash-crc64ecma': '42' }, {}]) {
    uploader.add(files(['a']))
    await run()
    storage.last().succeed({ ETag: '"e"', ...crc64 })
    await run()
  }
  expect(items()).toMatchObject([
    { status: 'success', result: { integrity: 'mismatch' } },
    { status: 'success', result: { integrity: 'mismatch' } },
  ])
  expect(asked).toHaveLength(2)
})

/** As createConfirmHandler does: bytes that are not the file's are another object. */
const strict: ConfirmPort = async ({ crc64 }) =>
  crc64 === undefined || crc64 === object.crc64 ? { outcome: 'stored', object } : { outcome: 'different' }

test('bytes that were damaged on the way are found by the app’s server where storage’s answer does not tell them', async () => {
  const hasher = async () => ({ crc64: '43' })
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', confirm: strict, confirmWhen: 'always', hasher })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed({ ETag: '"e"' })
  await run()
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'confirm-failed', details: { outcome: 'different' } } }])
})

test('an older object is not taken for an upload whose reply was lost, also where an app wants to be told of a difference only', async () => {
  const hasher = async () => ({ crc64: '43' })
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'report', confirm: strict, hasher })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await run()
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
})

test('an app’s own answer that is none is told as that, not as another object', async () => {
  const answer: unknown = JSON.parse('{"stored":true}')
  const { uploader, run, storage, items } = createUploaderFixture({
    confirm: async () => answer as never,
  })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await run()
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', cause: { code: 'confirm-failed' } } }])
  expect(items()).not.toMatchObject([{ error: { message: expect.stringContaining('another object') } }])
})

const refusing = (code: string) =>
  createHttpConfirmPort('/api/confirm', { fetch: async () => Response.json({ error: { code, message: 'No.' } }, { status: 403 }) })

test('the error of an upload that the confirm endpoint refused has the status and the code of that endpoint', async () => {
  const { uploader, storage, clock, items } = createUploaderFixture({ confirmWhen: 'always', confirm: refusing('not-authorized') })
  uploader.add(numbered(1))
  await clock.advance(0)
  storage.last().succeed()
  await clock.advance(5_000)
  expect(items()).toMatchObject([
    { status: 'error', error: { code: 'confirm-failed', details: { outcome: null, status: 403, serverCode: 'not-authorized' } } },
  ])
})

test.each([
  ['succeed', 'Storage accepted "uploads/1/0.bin", but your confirm endpoint could not be used: it refused with 403: No. Try again'],
  ['fail', 'no reply could be read, and your confirm endpoint could not be used: it refused with 403: No. Look at the object'],
] as const)('the text of an upload that the confirm endpoint refused says why it did (storage: %s)', async (outcome, text) => {
  const { uploader, storage, clock, items } = createUploaderFixture({ confirmWhen: 'always', confirm: refusing('virus') })
  uploader.add(numbered(1))
  await clock.advance(0)
  if (outcome === 'succeed') storage.last().succeed()
  else storage.last().fail('outcome-unknown')
  await clock.advance(5_000)
  expect(items()).toMatchObject([{ status: 'error', error: { message: expect.stringContaining(text) } }])
})

test.each<[number, string]>([
  [404, 'used: it refused with 404: nothing at its address takes POST. Try again'],
  [500, 'asked. The confirm endpoint /api/confirm answered 500. Try again'],
])('the error of an upload that the confirm endpoint did not confirm says what it answered: %d', async (status, answer) => {
  const confirm = createHttpConfirmPort('/api/confirm', { fetch: async () => new Response('', { status }) })
  const { uploader, storage, clock, items } = createUploaderFixture({ confirmWhen: 'always', confirm })
  uploader.add(numbered(1))
  await clock.advance(0)
  storage.last().succeed()
  await clock.advance(200_000)
  const message = expect.stringContaining(`but your confirm endpoint could not be ${answer}`)
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'confirm-failed', message, details: { outcome: null, status } } }])
})

test('who is told that a retry does not send the file twice has it not sent twice', async () => {
  for (const code of ['not-authorized', 'receipt-invalid']) {
    const { uploader, storage, clock, items } = createUploaderFixture({ confirmWhen: 'always', confirm: refusing(code) })
    const [id] = uploader.add(numbered(1))
    await clock.advance(0)
    storage.last().succeed()
    await clock.advance(5_000)
    const [item] = items()
    const promised =
      item?.status === 'error' &&
      item.error.code === 'confirm-failed' &&
      !item.error.details.outcome &&
      !item.error.details.serverCode?.startsWith('receipt-')
    uploader.retry(id)
    await clock.advance(5_000)
    expect([code, promised, storage.requests.length]).toEqual([code, promised, promised ? 1 : 2])
  }
})
