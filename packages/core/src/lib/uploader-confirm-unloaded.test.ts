import { expect, test, vi } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

vi.mock('./uploader-settings.ts', async (original) => ({
  ...(await original<object>()),
  loadConfirm: () => Promise.reject(new TypeError('Failed to fetch')),
}))

test('an upload in doubt ends as one in doubt when what would ask about it cannot be loaded, and is not sent again', async () => {
  const { uploader, run, clock, storage, items } = createUploaderFixture({
    retry: { attempts: 2 },
    confirm: () => Promise.reject(new Error('never asked')),
  })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(60_000)
  expect(storage.requests).toHaveLength(1)
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { key: 'uploads/1/a' } } }])
})
