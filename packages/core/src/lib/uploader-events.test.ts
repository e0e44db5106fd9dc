import { expect, test } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'
import type { Uploader } from './uploader.ts'

test('who begins to listen while an event is told hears of the next one, not of that one again', async () => {
  const { uploader, run } = createUploaderFixture({ autoUpload: false })
  let heard = 0
  // What a hook does whose component is rendered again, synchronously, by the app's callback (flushSync).
  const listen = (): void => {
    const stop = uploader.onEvent(({ type }) => {
      if (type !== 'files-added' || heard >= 100) return
      heard += 1
      stop()
      listen()
    })
  }
  listen()
  uploader.add(files(['a']))
  await run()
  expect(heard).toBe(1)
})

test('an app that goes on as it hears of an ending is not told that all is over', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({ retry: false })
  const seen: string[] = []
  let more = true
  uploader.onEvent((event) => {
    if (event.type === 'upload-succeeded' && more) {
      more = false
      uploader.add(files(['thumbnail']))
    } else if (event.type === 'queue-settled') seen.push(`${event.items.map(({ name }) => name).join()}: ${statuses().join()}`)
  })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed()
  await run()
  storage.last().succeed()
  await run()
  expect(seen).toEqual(['a,thumbnail: success,success'])
})

test('nor is an app that goes on as its list shows the ending', async () => {
  const { uploader, run, clock, storage } = createUploaderFixture()
  const seen: string[] = []
  uploader.subscribe(() => {
    const { totals } = uploader.getSnapshot()
    if (totals.succeeded === 1 && totals.files === 1) uploader.add(files(['thumbnail']))
  })
  uploader.onEvent((event) => {
    if (event.type === 'queue-settled') seen.push(event.items.map(({ name }) => name).join())
  })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed()
  await clock.advance(100)
  storage.last().succeed()
  await clock.advance(100)
  expect(seen).toEqual(['a,thumbnail'])
})

test('an app that retries as it hears of a failure is not told that all is over', async () => {
  const { uploader, run, storage } = createUploaderFixture({ retry: false })
  const seen: string[] = []
  uploader.onEvent((event) => {
    if (event.type === 'upload-failed') uploader.retry(event.item.id)
    else if (event.type === 'queue-settled') seen.push(event.items.map(({ status }) => status).join())
  })
  uploader.add(files(['a']))
  await run()
  storage.last().refuse(403, 'AccessDenied')
  await run()
  storage.last().succeed()
  await run()
  expect(seen).toEqual(['success'])
})

test.each(['clear', 'remove'] as const)('an app hears that nothing runs any more also when what ran was taken out (%s)', async (how) => {
  const { uploader, run, told } = createUploaderFixture()
  const [id] = uploader.add(files(['a']))
  await run()
  if (how === 'clear') uploader.clear('all')
  else uploader.remove(id!)
  await run()
  expect(told().at(-1)).toBe('queue-settled')
})

test('ids are the same array until an item is added, removed or moved', async () => {
  const { uploader, clock, storage } = createUploaderFixture()
  const [, b] = uploader.add(files(['a', 'b'], 1_000))
  await clock.advance(16)
  uploader.remove(b!)
  const { ids } = uploader.getSnapshot()
  uploader.remove('nobody')
  uploader.clear()
  storage.active()[0]!.progress(500)
  await clock.advance(16)
  expect(uploader.getSnapshot().ids).toBe(ids)
})

test.each(['cancels', 'takes out'])('an app that %s the rest as it hears of one end is told of all that settled', async (how) => {
  const { uploader, events, storage, run } = createUploaderFixture({ retry: { attempts: 1 } })
  uploader.onEvent(({ type }) => {
    if (type === 'upload-failed' && how === 'cancels') uploader.cancel()
    if (type === 'upload-failed' && how === 'takes out') uploader.remove(b!)
  })
  const [, b] = uploader.add(files(['a', 'b']))
  await run()
  storage.requests[0]!.refuse(403, 'AccessDenied')
  await run()
  const settled = events.flatMap((event) => (event.type === 'queue-settled' ? [event.items.map(({ name, status }) => `${name} ${status}`)] : []))
  expect(settled).toEqual([how === 'cancels' ? ['a error', 'b canceled'] : ['a error']])
  expect(events.at(-1)?.type).toBe('queue-settled')
})

// What a React effect does that runs whenever the list has changed.
test('what an app adds and takes back as it hears of the last end is told before it hears that all is over', async () => {
  const { uploader, storage, events, told, run } = createUploaderFixture()
  uploader.onEvent(({ type }) => {
    if (type === 'upload-succeeded') void uploader.upload(files(['b']), { signal: AbortSignal.abort() })
  })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed()
  await run()

  expect(told().at(-1)).toBe('queue-settled')
  const settled = events.flatMap((event) => (event.type === 'queue-settled' ? event.items.map(({ name, status }) => `${name} ${status}`) : []))
  expect(settled).toEqual(['a success', 'b canceled'])
})

test.each<[string, (uploader: Uploader) => void]>([
  ['dismisses the rejections', (uploader) => uploader.dismissRejections()],
  ['puts the files in order', (uploader) => ['a', 'b', 'c'].forEach((name, at) => uploader.move(idOf(uploader, name), at))],
  ['puts the last file last', (uploader) => uploader.move(idOf(uploader, 'c'), 99)],
  ['sends one file first', (uploader) => uploader.setPriority(idOf(uploader, 'c'), 1)],
])('an app that %s at every change of the list comes to an end', async (_, act) => {
  const { uploader, run } = createUploaderFixture({ autoUpload: false })
  let heard = 0
  uploader.subscribe(() => {
    if (++heard < 100) act(uploader)
  })
  uploader.add(files(['c', 'a', 'b']))
  await run()
  expect(heard).toBeLessThan(5)
  const { ids } = uploader.getSnapshot()
  act(uploader)
  expect(uploader.getSnapshot().ids).toBe(ids)
})

function idOf(uploader: Uploader, name: string): string {
  return [...uploader.getSnapshot().items].find((item) => item.name === name)!.id
}
