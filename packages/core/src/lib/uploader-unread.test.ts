import { expect, test, vi } from 'vitest'
import type * as Lazily from './lazily.ts'
import { createUploaderFixture, numbered } from './testing/uploader-fixture.ts'

vi.mock('./load-failures.ts', () => ({
  loadFailures: () => Promise.reject(new TypeError('Failed to fetch')),
  withFailures: async (_full: unknown, short: (cause: unknown) => unknown) => short(new TypeError('Failed to fetch')),
}))
vi.mock('./lazily.ts', async (original: () => Promise<typeof Lazily>) => {
  const { lazily } = await original()
  return {
    lazily: <Part>(load: () => Promise<Part>) => lazily(String(load).includes('read-unusual-reply') ? () => Promise.reject(new TypeError()) : load),
  }
})

test('files that storage refuses leave no doubt, and hold up no other, while what reads a refusal cannot be loaded', async () => {
  const { uploader, run, statuses, told } = createUploaderFixture(
    { concurrency: 1 },
    { answer: (request) => void (request.key.endsWith('/3.bin') || request.refuse(400, 'EntityTooLarge')) },
  )
  uploader.add(numbered(4))
  await vi.waitFor(async () => {
    await run()
    expect(statuses()).toEqual(['error', 'error', 'error', 'uploading'])
  })
  expect(told()).not.toContain('outcome-doubted')
})
