import { expect, onTestFinished, test, vi } from 'vitest'
import { browserConnectivity } from './connectivity.ts'

// jest-fixed-jsdom, which MSW tells Jest's users to take, gives jsdom's window Node's own AbortController, for Node's fetch.
test('the network is listened to also where the window takes no signal of this AbortController', () => {
  const window = new EventTarget()
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  vi.stubGlobal('addEventListener', (type: string, listener: () => void, options?: AddEventListenerOptions) => {
    if (options?.signal) throw new TypeError("parameter 3 dictionary's 'signal' member is not of type 'AbortSignal'.")
    window.addEventListener(type, listener)
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const heard = vi.fn<() => void>()
  const stop = browserConnectivity.subscribe(heard)
  window.dispatchEvent(new Event('online'))
  stop()
  window.dispatchEvent(new Event('online'))
  expect(heard).toHaveBeenCalledTimes(1)
})
