import { expect, test, vi } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

/** Parts of the page that the network does not bring, by what is in them. */
const page = vi.hoisted(() => ({ lacks: (_part: unknown): boolean => false }))
vi.mock('./lazily.ts', () => ({
  lazily: (load: () => Promise<unknown>) => () =>
    load().then((part) => {
      if (page.lacks(part)) throw new TypeError('Failed to fetch dynamically imported module')
      return part
    }),
}))
/** What examines files: the only part that is a function. */
const isAdmission = (part: unknown): boolean => typeof part === 'function'

test.each([
  ['prepare', { prepare: (file: Blob) => file }],
  ['validate', { restrictions: { validate: () => null } }],
])('a file goes on when what runs %s could be loaded the second time only', async (_, options) => {
  let failures = 1
  page.lacks = (part) => isAdmission(part) && failures-- > 0
  const { uploader, clock, run, statuses, storage } = createUploaderFixture(options)
  uploader.add(files(['a']))
  await run()
  expect(statuses()).toEqual(['retrying'])
  await clock.advance(600_000)
  expect(statuses()).toEqual(['uploading'])
  expect(storage.requests).toHaveLength(1)
})

test('files that are added offline wait for the network also where what examines them is not loaded yet', async () => {
  page.lacks = isAdmission
  const { uploader, clock, statuses, network } = createUploaderFixture({ prepare: (file) => file })
  network.goOffline()
  uploader.add(files(['a']))
  await clock.advance(60_000)
  expect(uploader.getSnapshot().offline).toBe(true)
  expect(statuses()).not.toContain('error')
  page.lacks = () => false
  network.goOnline()
  await clock.advance(10_000)
  expect(statuses()).toEqual(['uploading'])
})

test('a page that cannot load what keeps files is told that they are not kept', async () => {
  page.lacks = (part) => typeof part === 'object' && part !== null && 'keep' in part
  const { uploader, run, told, statuses } = createUploaderFixture({ recovery: 'x' })
  uploader.add(files(['a']))
  await run()
  expect(statuses()).toEqual(['uploading'])
  expect(told()).toContain('recovery-failed')
})

test('who waits for what cannot be loaded is told to reload the page: browsers do not ask for it again', async () => {
  page.lacks = isAdmission
  const { uploader, clock, items } = createUploaderFixture({ prepare: (file) => file })
  uploader.add(files(['a']))
  await clock.advance(600_000)
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'network', message: expect.stringMatching(/Failed to fetch.*Reload it/) } }])
  page.lacks = () => false
})
