import { describe, expect, test, vi } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

test('no note of a file outlives what is kept of it: that it is gone is written first', async () => {
  const disk = createDisk()
  const done: string[] = []
  let written = (): void => {}
  const gate = new Promise<void>((resolve) => (written = resolve))
  let slowly = false
  const slow: Disk = {
    ...disk,
    async note(all) {
      if (!slowly) return
      await gate
      await disk.note(all)
      done.push('noted')
    },
    async remove(ids) {
      await disk.remove(ids)
      done.push('removed')
    },
  }
  const { uploader, run } = createUploaderFixture({ recovery: slow })
  uploader.pause()
  const [a] = uploader.add(files(['a']))
  await run()
  slowly = true
  uploader.remove(a!)
  await run()
  expect(done).toEqual([])
  written()
  await run()
  expect(done).toEqual(['noted', 'removed'])
})

test('that a file cannot be taken from the disk is told, once for all portions', async () => {
  const disk = createDisk()
  const { uploader, run, events } = createUploaderFixture({
    recovery: { ...disk, remove: () => Promise.reject(new Error('locked')) },
    autoUpload: false,
  })
  uploader.add(files(Array.from({ length: 250 }, (_, at) => `${at}`)))
  await run()
  uploader.clear('all')
  await run()
  expect(events.filter(({ type }) => type === 'recovery-failed')).toMatchObject([{ error: { message: 'locked' } }])
})

test('where to look for an upload in doubt is told after a second reload as well', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  const { key, action } = before.storage.last().form
  before.storage.last().fail('outcome-unknown')
  await before.run()
  for (let reloads = 0; reloads < 2; reloads += 1) {
    const { uploader, run, items } = createUploaderFixture({ recovery: disk })
    await uploader.restore()
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { key, url: action } } }])
  }
})

test('an upload in doubt that waits for the network as the page goes is asked about by the next, and not left to a person', async () => {
  const disk = createDisk()
  const confirm = async () => ({ outcome: 'absent' }) as const
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.add(files(['a']))
  await before.run()
  before.network.goOffline()
  before.storage.last().fail('outcome-unknown')
  await before.clock.advance(1_000)
  expect(before.items()).toMatchObject([{ status: 'retrying', error: { code: 'outcome-unknown' } }])

  const after = createUploaderFixture({ recovery: disk, confirm })
  await after.uploader.restore()
  await after.clock.advance(10_000)
  expect(after.statuses()).toEqual(['uploading'])
})

test('what is stored is not sent again, as an empty file, where only the note of it could not be written', async () => {
  const disk = createDisk()
  const noteless: Disk = { ...disk, note: () => Promise.reject(new Error('full')), load: () => disk.load() }
  const before = createUploaderFixture({ recovery: noteless }, { answer: (request) => request.succeed() })
  before.uploader.add(files(['a']))
  await before.run()
  const after = createUploaderFixture({ recovery: noteless })
  await after.uploader.restore()
  await after.run()
  expect([after.statuses(), after.storage.requests]).toEqual([['success'], []])
})

test('an uploader that is destroyed while its recovery is loaded takes nothing from the next', async () => {
  const disk = createDisk()
  const load = vi.spyOn(disk, 'load')
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  const restored = uploader.restore()
  uploader.destroy()
  expect(await restored).toEqual([])
  await run()
  expect(load).not.toHaveBeenCalled()
})

describe('a canceled file that is wanted again is there after a reload', () => {
  /** A disk whose calls of a kind wait from `hold` on, until they are let go of. */
  function createHeldDisk() {
    const disk = createDisk()
    const held: { [Call in 'remove' | 'load' | 'note']?: Promise<void> | undefined } = {}
    const slow: Disk = {
      ...disk,
      remove: (ids) => Promise.resolve(held.remove).then(() => disk.remove(ids)),
      load: () => disk.load().then((found) => Promise.resolve(held.load).then(() => found)),
      note: (all) => Promise.resolve(held.note).then(() => disk.note(all)),
    }
    const hold = (call: keyof typeof held): (() => void) => {
      let letGo = (): void => {}
      held[call] = new Promise((resolve) => (letGo = resolve))
      return letGo
    }
    /** Calls that come later do not wait. */
    const holdNoMore = (call: keyof typeof held): void => {
      held[call] = undefined
    }
    return { disk, slow, hold, holdNoMore }
  }

  async function setUp(names: readonly string[] = ['a'], confirm?: ConfirmPort) {
    const { disk, slow, ...holding } = createHeldDisk()
    const fixture = createUploaderFixture({ recovery: slow, concurrency: 1, confirm })
    const [a, b] = fixture.uploader.add(files(names))
    await fixture.run()
    const cancel = async (id: string | undefined): Promise<void> => {
      fixture.uploader.cancel(id)
      await fixture.run()
    }
    const leave = async (): Promise<void> => {
      fixture.uploader.destroy()
      await fixture.run()
    }
    const reload = async () => {
      await fixture.run()
      const after = createUploaderFixture({ recovery: disk, confirm })
      await after.uploader.restore()
      return after.items()
    }
    return { ...fixture, ...holding, a, b, cancel, leave, reload }
  }

  test('though what is kept was just being read, and it was read as taken out', async () => {
    const { uploader, run, hold, a, cancel, reload } = await setUp()
    const [remove, bring] = [hold('remove'), hold('load')]
    await cancel(a)
    const restored = uploader.restore()
    await run()
    uploader.retry(a)
    remove()
    await run()
    bring()
    expect(await restored).toEqual([])
    expect(await reload()).toMatchObject([{ name: 'a' }])
  })

  test('though it was still being taken from the disk for the list that was left', async () => {
    const { uploader, run, hold, a, cancel, leave, reload } = await setUp()
    const remove = hold('remove')
    await cancel(a)
    await leave()
    uploader.retry(a)
    await run()
    remove()
    expect(await reload()).toMatchObject([{ name: 'a' }])
  })

  test('though that it is gone was still to be noted for the list that was left', async () => {
    const { uploader, run, hold, holdNoMore, a, b, cancel, leave, reload } = await setUp(['a', 'b'])
    const write = hold('note')
    await cancel(b)
    holdNoMore('note')
    await cancel(a)
    await leave()
    uploader.retry(a)
    await run()
    write()
    expect(await reload()).toMatchObject([{ name: 'a' }])
  })

  test('though what is kept was still being read for the list that was left', async () => {
    const { uploader, run, hold, a, cancel, leave, reload } = await setUp()
    const [remove, bring] = [hold('remove'), hold('load')]
    await cancel(a)
    void uploader.restore()
    await run()
    uploader.destroy()
    remove()
    await leave()
    uploader.retry(a)
    await run()
    bring()
    expect(await reload()).toMatchObject([{ name: 'a' }])
  })

  test('though the list was left at once, and what is kept is read before that is written', async () => {
    const { uploader, hold, a, cancel, leave, reload } = await setUp()
    const remove = hold('remove')
    await cancel(a)
    const write = hold('note')
    uploader.retry(a)
    await leave()
    expect(await uploader.restore()).toEqual([])
    write()
    remove()
    expect(await reload()).toMatchObject([{ name: 'a' }])
  })

  test('and is asked about before it is sent again, though its note went with what was being taken from the disk', async () => {
    const confirm = vi.fn<ConfirmPort>(() => new Promise(() => {}))
    const { uploader, run, hold, a, cancel, leave, reload } = await setUp(['a'], confirm)
    const remove = hold('remove')
    await cancel(a)
    await leave()
    uploader.retry(a)
    await run()
    remove()
    expect(await reload()).toMatchObject([{ status: 'queued' }])
    const asked = confirm.mock.calls.length
    await run()
    expect(confirm.mock.calls.length - asked).toBe(1)
  })
})
