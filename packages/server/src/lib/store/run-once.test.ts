import { expect, it } from 'vitest'
import type { Wait } from '../client/wait.ts'
import { memoryStore } from './memory-store.ts'
import { runOnce } from './run-once.ts'
import type { StorePort } from './store-port.ts'

it.each<{ called: string; silentAt: number[] }>([
  { called: 'all the time', silentAt: [] },
  { called: 'also when the store cannot be asked for a moment', silentAt: [20_000, 100_000] },
])('work that takes minutes keeps its claim $called, so that no other server begins it too', async ({ silentAt }) => {
  let time = 0
  let waiting: { readonly until: number; readonly end: () => void }[] = []
  const wait: Wait = (ms, signal) =>
    new Promise((resolve) => {
      signal?.addEventListener('abort', () => resolve())
      waiting.push({ until: time + ms, end: resolve })
    })
  const memory = memoryStore({ now: () => time })
  let asked = 0
  const store: StorePort = {
    ...memory,
    swap: (...claim) => {
      asked += 1
      return silentAt.includes(time) ? Promise.reject(new Error('connection lost')) : memory.swap(...claim)
    },
  }
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
  // Three times a minute.
  expect(asked).toBeLessThan(20)
  finish()
  expect(await first).toBe(true)
})

it('work that is done is not done again because the store was away at its end', async () => {
  const memory = memoryStore()
  let isAway = true
  const store: StorePort = {
    ...memory,
    swap: (...asked) => {
      if (asked[2] !== 'done' || !isAway) return memory.swap(...asked)
      isAway = false
      return Promise.reject(new Error('connection lost'))
    },
  }
  // Whoever comes after that waits for nobody.
  const options = { store, name: 'a', keepSeconds: 600, wait: () => new Promise<void>((resolve) => setImmediate(resolve)) }
  const ran: string[] = []
  expect(await runOnce(options, async () => void ran.push('first'))).toBe(true)
  expect(await runOnce(options, async () => void ran.push('second'))).toBe(false)
  expect(ran).toEqual(['first'])
})
