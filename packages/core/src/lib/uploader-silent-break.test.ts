import { describe, expect, test, vi } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import { createPostForm } from './form/post-form.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { storedReply } from './testing/stored-reply.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { networkError } from './transport/explain-failure.ts'
import { CosUploadError } from './upload-error.ts'

/** As over HTTP/2 in Chromium: what it told last is 100 ms old. */
const breaks = (request: ScriptedRequest): void =>
  request.reject(new CosUploadError('network', 'reset', { probe: null, url: 'https://bucket/', sentUnknown: true }))
const dead = (): CosUploadError<'policy-unreachable'> =>
  new CosUploadError('policy-unreachable', 'unreachable', { url: '/confirm', status: null, retryAfter: null })

/** A server that finds the file `a` in storage. */
const findsIt = () => vi.fn<ConfirmPort>(async () => storedReply())

describe('a connection that broke while the browser told nothing', () => {
  test('over a key that has an older object is sent again, as before', async () => {
    const old = storedReply({ key: 'k', size: 99, etag: '"old"', crc64: '1' })
    const { uploader, clock, run, storage, items } = createUploaderFixture({ confirm: async () => old })
    uploader.add(files(['a']))
    await run()
    storage.last().progress(3)
    breaks(storage.last())
    await run()
    await clock.advance(10_000)
    expect(items()[0]?.status).toBe('uploading')
    expect(storage.requests).toHaveLength(2)
  })

  test('is told as that while it waits for its next try, and not as a lost reply', async () => {
    const { uploader, clock, run, storage, items } = createUploaderFixture({ confirm: async () => ({ outcome: 'absent' }) })
    uploader.add(files(['a']))
    await run()
    breaks(storage.last())
    await run()
    await clock.advance(1_000)
    expect(items()).toMatchObject([
      { status: 'retrying', error: { message: expect.stringMatching(/^The connection failed, and .* was not stored/) } },
    ])
  })

  test('is the network’s failure where that is gone, and not the file’s', async () => {
    const { uploader, clock, run, storage, items, network } = createUploaderFixture({ confirm: async () => ({ outcome: 'absent' }) })
    uploader.add(files(['a']))
    await run()
    for (let tunnel = 0; tunnel < 6; tunnel++) {
      expect(items()[0]?.status).toBe('uploading')
      storage.last().progress(3)
      network.goOffline()
      breaks(storage.last())
      await clock.advance(60_000)
      network.goOnline()
      await clock.advance(60_000)
    }
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 1 }])
  })

  test('where the app’s server cannot be reached either, is tried again as long as any other', async () => {
    const clock = createManualClock()
    const confirm: ConfirmPort = async () => {
      if (clock.now() < 60_000) throw dead()
      return { outcome: 'absent' }
    }
    const answer = (request: ScriptedRequest): void => (clock.now() < 60_000 ? breaks(request) : request.succeed())
    const { uploader, statuses } = createUploaderFixture({ clock, confirm, concurrency: 3 }, { answer })
    uploader.add(numbered(300, 1))
    for (let second = 0; second < 180; second++) await clock.advance(1_000)
    expect(statuses().filter((status) => status === 'error').length).toBeLessThan(10)
  })
})

test.each([true, false])('twenty seconds in which nobody reaches storage take no file with them (with a confirm port: %s)', async (asks) => {
  const clock = createManualClock()
  const confirm: ConfirmPort = async () => {
    // It looks into the same storage.
    if (clock.now() < 20_000) throw dead()
    return { outcome: 'absent' }
  }
  const answer = (request: ScriptedRequest): void => void clock.after(200, () => (clock.now() < 20_000 ? breaks(request) : request.succeed()))
  const { uploader, statuses } = createUploaderFixture({ clock, concurrency: 6, ...(asks && { confirm }) }, { answer })
  uploader.add(numbered(200, 1))
  for (let second = 0; second < 120; second++) await clock.advance(1_000)
  expect(statuses().filter((status) => status === 'error').length).toBeLessThan(2)
})

test('what broke while the browser told nothing is asked about also when it is canceled and wanted again before anybody has judged it', async () => {
  const confirm = findsIt()
  // The probe takes up to 5 s.
  const { uploader, run, storage, statuses } = createUploaderFixture({ confirm, probe: () => new Promise(() => {}) })
  const [a] = uploader.add(files(['a']))
  await run()
  breaks(storage.last())
  await run()
  uploader.cancel(a)
  uploader.retry(a)
  await run()
  expect([confirm.mock.calls.length, storage.requests.length, statuses()]).toEqual([1, 1, ['success']])
})

test('a file that is sent again though all of it may have been out was in doubt before, also where nobody can be asked', async () => {
  const { uploader, storage, clock, told } = createUploaderFixture({ probe: false })
  uploader.add(numbered(1))
  await clock.advance(0)
  // Chromium over HTTP/2: what it told last is 100 ms old.
  breaks(storage.last())
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

test.each(['unreachable', 'cors'] as const)('what a probe has cleared is not told as unknown as well: %s', async (probe) => {
  const { uploader, clock, storage, items, run } = createUploaderFixture({ retry: false, probe: async () => probe })
  uploader.add(files(['a']))
  await run()
  breaks(storage.last())
  await clock.advance(5_000)
  const [item] = items()
  expect(item).toMatchObject({ status: 'error', error: { code: 'network', message: expect.stringContaining('before the file was sent') } })
  expect(item?.status === 'error' && item.error.details).not.toHaveProperty('sentUnknown')
})

test('what broke silently as the network went is asked about before it is sent again', async () => {
  const confirm = findsIt()
  const { uploader, clock, storage, statuses, network, run } = createUploaderFixture({ confirm, probe: async () => 'offline' })
  uploader.add(files(['a']))
  await run()
  network.goOffline()
  breaks(storage.last())
  await clock.advance(5_000)
  network.goOnline()
  await clock.advance(5_000)
  expect([confirm.mock.calls.length, storage.requests.length, statuses()]).toEqual([1, 1, ['success']])
})
