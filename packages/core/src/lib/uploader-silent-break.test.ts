import { expect, test } from 'vitest'
import { createPostForm } from './form/post-form.ts'
import { createUploaderFixture, numbered } from './testing/uploader-fixture.ts'
import { networkError } from './transport/explain-failure.ts'

test('a file that is sent again though all of it may have been out was in doubt before, also where nobody can be asked', async () => {
  const { uploader, storage, clock, told } = createUploaderFixture({ probe: false })
  uploader.add(numbered(1))
  await clock.advance(0)
  const { form } = storage.last()
  // Chromium over HTTP/2: what it told last is 100 ms old.
  storage.last().reject(networkError(form, undefined, null, true))
  await clock.advance(5_000)
  expect(storage.requests).toHaveLength(2)
  expect(storage.requests[1]?.key).toBe(storage.requests[0]?.key)
  expect(told()).toContain('outcome-doubted')
})

test('an error that does not know whether the file was sent does not say that it was not', () => {
  const form = createPostForm({
    action: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
    fields: [],
    file: new Blob(),
    filename: 'a',
  })
  expect(networkError(form, undefined, null, true).message).not.toContain('before the file was sent')
})
