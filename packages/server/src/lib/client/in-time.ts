import { timerWait } from './wait.ts'

/**
 * Work that ends in time, or is told to stop: by its signal, which follows the caller's.
 * @param ms milliseconds
 */
export async function inTime<T>(ms: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const attempt = new AbortController()
  const stop = (): void => attempt.abort(signal?.reason)
  signal?.addEventListener('abort', stop)
  if (signal?.aborted === true) stop()
  const settled = new AbortController()
  const silence = async (): Promise<never> => {
    await timerWait(ms, settled.signal)
    const late = new Error(`COS gave no answer within ${ms / 1000} seconds.`)
    attempt.abort(late)
    throw late
  }
  try {
    return await Promise.race([work(attempt.signal), silence()])
  } finally {
    settled.abort()
    signal?.removeEventListener('abort', stop)
  }
}
