import { expect, test } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import type { UploadItem } from '../upload-item.ts'
import { readSettings } from '../uploader-settings.ts'
import { createPolicyDesk } from './policy-desk.ts'
import type { PolicyReply } from './policy-source.ts'

function item(id: string): UploadItem {
  return { id, file: new Blob(['a']), name: id, size: 1, type: '', relativePath: null, priority: 0, status: 'queued' }
}

function reply(count: number): PolicyReply {
  const post = { url: 'https://host/', fields: { key: 'a' }, expiresAt: '2026-01-01T01:00:00Z' }
  return { serverTime: '2026-01-01T00:00:00Z', posts: Array.from({ length: count }, () => post) }
}

/** Requests to the policy source, each answered by hand. */
function setUp(count: number) {
  const clock = createManualClock()
  const asked: { readonly files: number; readonly signal: AbortSignal; readonly answer: () => void }[] = []
  const settings = readSettings(
    {
      concurrency: 2,
      policy: ({ files }, { signal }) =>
        new Promise((resolve) => void asked.push({ files: files.length, signal, answer: () => resolve(reply(files.length)) })),
    },
    clock,
  )
  const queue = Array.from({ length: count }, (_, at) => item(String(at)))
  const desk = createPolicyDesk({ clock, settings: () => settings, upcoming: (files) => queue.slice(0, files) })
  const next = () => desk.take(queue.shift()!, { signal: new AbortController().signal, sendingMs: 0, renew: false })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  return { asked, desk, queue, next, settle }
}

test('the next policies are there before the last is used: no upload waits for them', async () => {
  const { asked, next, settle } = setUp(150)
  const first = next()
  await settle()
  asked[0]!.answer()
  await first
  for (let used = 1; used < 92; used++) await next()
  await settle()
  expect(asked.map(({ files }) => files)).toEqual([100])
  await next()
  await settle()
  expect(asked.map(({ files }) => files)).toEqual([100, 50])
  // Those at hand are used while the request is under way.
  for (let used = 93; used < 100; used++) await next()
  asked[1]!.answer()
  for (let used = 100; used < 150; used++) await next()
  await settle()
  expect(asked).toHaveLength(2)
})

test('a request that was made for nobody but files that went away is given up', async () => {
  const { asked, desk, queue, next, settle } = setUp(150)
  const first = next()
  await settle()
  asked[0]!.answer()
  await first
  for (let used = 1; used < 93; used++) await next()
  await settle()
  expect(asked[1]!.signal.aborted).toBe(false)
  for (const { id } of queue) desk.forget(id)
  expect(asked[1]!.signal.aborted).toBe(true)
})
