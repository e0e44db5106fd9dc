import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lazily } from './lazily.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a part is loaded once, with the first call', async () => {
  const load = vi.fn<() => Promise<string>>(() => Promise.resolve('part'))
  const part = lazily(load)
  expect(load).not.toHaveBeenCalled()
  expect(await Promise.all([part(), part()])).toEqual(['part', 'part'])
  expect(await part()).toBe('part')
  expect(load).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('what could not be loaded is loaded again when it is asked for again', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('404')).mockResolvedValue('part')
  const part = lazily(load)
  await expect(part()).rejects.toThrow('404')
  expect(vi.getTimerCount()).toBe(0)
  expect(await part()).toBe('part')
})

test('a network that stands still holds nobody for ever, and what comes late does no harm', async () => {
  let late: (part: string) => void = () => {}
  const load = vi
    .fn<() => Promise<string>>()
    .mockReturnValueOnce(new Promise((resolve) => (late = resolve)))
    .mockResolvedValue('part')
  const part = lazily(load)
  const first = part().catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await first).toMatchObject({ message: expect.stringContaining('in time') })
  expect(await part()).toBe('part')
  late('old')
  await vi.advanceTimersByTimeAsync(0)
  expect(await part()).toBe('part')
})
