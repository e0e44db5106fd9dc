import { afterEach, expect, test, vi } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

afterEach(() => {
  vi.doUnmock('./upload-engine.ts')
  vi.resetModules()
})

test('a page whose sending part cannot be loaded says so, and a retry loads it again', async () => {
  const { createEngineLoader } = await import('./load-engine.ts')
  const { store, failing, jobs } = await setUp()
  const loader = createEngineLoader({
    store,
    clock: failing.clock,
    options: () => ({ policy: failing.policy.source }),
    online: () => true,
    upcoming: () => [],
    requeue() {},
    settle: (job) => void jobs.push(job.id),
    reject() {},
  })
  vi.doMock('./upload-engine.ts', () => {
    throw new Error('404')
  })
  const { createJob } = await import('./upload-job.ts')
  const job = createJob('a', 0, 0)
  expect(await loader.loadFor(job, new AbortController().signal)).toBeNull()
  expect(store.getItem('a')).toMatchObject({ status: 'error', attempt: 0, error: { code: 'network' } })
  expect(jobs).toEqual(['a'])
  expect(loader.loaded()).toBeNull()
  vi.doUnmock('./upload-engine.ts')
  vi.resetModules()
  expect(await loader.loadFor(job, new AbortController().signal)).not.toBeNull()
  expect(loader.loaded()).not.toBeNull()
})

async function setUp() {
  const { createUploaderStore } = await import('./uploader-store.ts')
  const failing = createUploaderFixture()
  const store = createUploaderStore(failing.clock)
  const [file = new File([], 'a')] = files(['a'])
  store.add([{ id: 'a', file, name: 'a', size: 10, type: '', relativePath: null, priority: 0, status: 'queued' }])
  const jobs: string[] = []
  return { store, failing, jobs }
}
