/** A pause, as a port: tests let time pass by hand. Ends early, without an error, when `signal` says so. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

export const timerWait: Wait = (ms, signal) =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
    if (signal?.aborted === true) end()
  })
