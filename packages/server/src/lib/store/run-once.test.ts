import { expect, it } from 'vitest'
import type { Wait } from '../client/wait.ts'
import { memoryStore } from './memory-store.ts'
import { runOnce } from './run-once.ts'

it('work that takes minutes keeps its claim all the time, so that no other server begins it too', async () => {
  let time = 0
  let waiting: { readonly until: number; readonly end: () => void }[] = []
  const wait: Wait = (ms, signal) =>
    new Promise((resolve) => {
      signal?.addEventListener('abort', () => resolve())
      waiting.push({ until: time + ms, end: resolve })
    })
  const store = memoryStore({ now: () => time })
  let finish = (): void => {}
  const first = runOnce({ store, name: 'a', keepSeconds: 600, wait }, () => new Promise((resolve) => (finish = resolve)))
  const claims: unknown[] = []
  for (; time < 300_000; time += 1000) {
    for (const { end } of waiting.filter(({ until }) => until <= time)) end()
    waiting = waiting.filter(({ until }) => until > time)
    await new Promise((resolve) => setImmediate(resolve))
    claims.push(await store.read('a'))
  }
  expect(claims).not.toContain(null)
  finish()
  expect(await first).toBe(true)
})
