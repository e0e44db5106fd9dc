import { expect, it } from 'vitest'
import { watchLeaks } from './leak-watch.ts'

it('sees every kind of leak, and nothing in what was given back', async () => {
  const { signal } = new AbortController()
  const tell = watchLeaks([signal])
  const left = setTimeout(() => {}, 60_000)
  clearTimeout(setTimeout(() => {}, 60_000))
  await new Promise((resolve) => setTimeout(resolve))
  const interval = setInterval(() => {}, 60_000)
  const url = URL.createObjectURL(new Blob())
  URL.revokeObjectURL(URL.createObjectURL(new Blob()))
  const listener = (): void => {}
  signal.addEventListener('abort', listener)
  signal.addEventListener('other', listener)
  signal.removeEventListener('other', listener)
  const ended = new AbortController()
  signal.addEventListener('once-more', listener, { signal: ended.signal })
  ended.abort()
  expect(tell()).toEqual({ timers: 2, objectUrls: 1, listeners: ['abort'], unhandled: [] })
  clearTimeout(left)
  clearInterval(interval)
  URL.revokeObjectURL(url)
})
