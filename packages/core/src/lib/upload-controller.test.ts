import { describe, expect, test, vi } from 'vitest'
import { goOnWithout, stopWith, UploadController } from './upload-controller.ts'

describe.each([
  ["the engine's", () => new UploadController()],
  ["an app's", () => new AbortController()],
])('%s signal', (_whose, start) => {
  test('stops every request that runs for it, once', () => {
    const controller = start()
    const stops = [vi.fn<() => void>(), vi.fn<() => void>()]
    for (const stop of stops) stopWith(controller.signal, stop)
    controller.abort('enough')
    controller.abort()
    for (const stop of stops) expect(stop).toHaveBeenCalledTimes(1)
    expect(controller.signal.reason).toBe('enough')
  })

  test('stops none that is over, and those that are not', () => {
    const controller = start()
    const stops = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()]
    for (const stop of stops) stopWith(controller.signal, stop)
    goOnWithout(controller.signal, stops[0]!)
    goOnWithout(controller.signal, stops[1]!)
    controller.abort()
    expect(stops.map((stop) => stop.mock.calls.length)).toEqual([0, 0, 1])
  })

  test('leaves no listener behind', () => {
    const { signal } = start()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    const stop = (): void => {}
    for (let count = 0; count < 3; count++) {
      stopWith(signal, stop)
      goOnWithout(signal, stop)
    }
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length)
  })
})
