import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { timerWait } from './wait.ts'

describe('a pause', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('ends after its time, and leaves nothing behind', async () => {
    const listeners = vi.spyOn(AbortSignal.prototype, 'removeEventListener')
    const pause = timerWait(1000, new AbortController().signal)
    await vi.advanceTimersByTimeAsync(999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await pause
    expect(listeners).toHaveBeenCalledOnce()
  })

  it.each(['before', 'while'])('ends at once when it is told to %s it runs, with no timer left', async (when) => {
    const controller = new AbortController()
    if (when === 'before') controller.abort()
    const pause = timerWait(1000, controller.signal)
    controller.abort()
    await pause
    expect(vi.getTimerCount()).toBe(0)
  })
})
