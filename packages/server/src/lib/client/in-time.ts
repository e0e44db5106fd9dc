import { timerWait, type Wait } from './wait.ts'

export interface InTimeOptions {
  /** The caller's. */
  readonly signal?: AbortSignal | undefined
  /** @default timerWait */
  readonly wait?: Wait
  /** What is thrown when the time is over. @default an Error that COS gave no answer */
  readonly late?: () => Error
}

/**
 * Work that ends in time, or is told to stop: by its signal, which follows the caller's.
 * @param ms milliseconds
 */
export async function inTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>, options: InTimeOptions = {}): Promise<T> {
  const { signal, wait = timerWait, late = () => new Error(`COS gave no answer within ${ms / 1000} seconds.`) } = options
  const attempt = new AbortController()
  const stop = (): void => attempt.abort(signal?.reason)
  signal?.addEventListener('abort', stop)
  if (signal?.aborted === true) stop()
  const settled = new AbortController()
  const silence = async (): Promise<never> => {
    await wait(ms, settled.signal)
    const error = late()
    attempt.abort(error)
    throw error
  }
  try {
    return await Promise.race([work(attempt.signal), silence()])
  } finally {
    settled.abort()
    signal?.removeEventListener('abort', stop)
  }
}
