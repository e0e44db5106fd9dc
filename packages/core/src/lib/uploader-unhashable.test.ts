import { beforeEach, expect, test, vi } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

// A file of its own: an instance of WebAssembly that was made once is used again. What Chromium says without 'wasm-unsafe-eval' in script-src:
const refused =
  "WebAssembly.compile(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script"

beforeEach(() => void vi.spyOn(WebAssembly, 'compile').mockImplementation(() => Promise.reject(new WebAssembly.CompileError(refused))))

test('a page whose policy forbids WebAssembly is told why its files are not proved', async () => {
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify' })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed({ ETag: '"e"', 'x-cos-hash-crc64ecma': '42', 'x-cos-request-id': 'r' })
  await vi.waitFor(async () => {
    await run()
    expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'unavailable' } }])
  })
  expect(items()).toMatchObject([
    { result: { diagnostics: [{ header: 'x-cos-hash-crc64ecma', message: expect.stringContaining('wasm-unsafe-eval') }] } },
  ])
})

test('and with Content-MD5, which is not possible there, fails at once and says what is missing', async () => {
  const { uploader, run, statuses, items } = createUploaderFixture({ integrity: 'off', contentMd5: true })
  uploader.add(files(['a']))
  await vi.waitFor(async () => {
    await run()
    expect(statuses()).not.toEqual(['hashing'])
  })
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'form-invalid', message: expect.stringContaining('wasm-unsafe-eval') } }])
})
