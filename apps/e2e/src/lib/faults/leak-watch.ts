/** What was taken and not given back. */
export interface Leaks {
  readonly timers: number
  readonly objectUrls: number
  /** `online`, `abort`, …: listeners that are still there, on what outlives an upload. */
  readonly listeners: readonly string[]
  /** Rejections that nobody handled, and errors that nobody caught. */
  readonly unhandled: readonly string[]
}

type Undo = () => void

function replace<Name extends string>(
  target: object,
  name: Name,
  make: (real: (...input: unknown[]) => unknown) => (...input: never[]) => unknown,
): Undo {
  const own = Object.getOwnPropertyDescriptor(target, name)
  const real: unknown = Reflect.get(target, name)
  if (typeof real !== 'function') return () => {}
  Reflect.set(
    target,
    name,
    make((...input) => Reflect.apply(real, target, input)),
  )
  return () => {
    if (own) Object.defineProperty(target, name, own)
    else Reflect.deleteProperty(target, name)
  }
}

/** Node's own fetch keeps timers for its idle connections by the same functions: not the engine's to give back. */
function isPlatforms(stack = ''): boolean {
  return stack.split('\n')[2]?.includes('node:internal') ?? false
}

/** A pair of functions of which one takes and the other gives back. */
function watchTimers(live: Set<unknown>, take: string, giveBack: string): Undo[] {
  return [
    replace(globalThis, take, (real) => (callback: (...input: unknown[]) => void, ...rest: unknown[]) => {
      const handle = real(
        (...input: unknown[]) => {
          live.delete(handle)
          callback(...input)
        },
        ...rest,
      )
      if (!isPlatforms(new Error('who asks?').stack)) live.add(handle)
      return handle
    }),
    replace(globalThis, giveBack, (real) => (handle: unknown) => {
      live.delete(handle)
      return real(handle)
    }),
  ]
}

interface Listening {
  readonly type: string
  readonly listener: unknown
}

function watchListeners(target: EventTarget, live: Set<Listening>): Undo[] {
  const forget = (type: string, listener: unknown): void => {
    for (const listening of live) if (listening.type === type && listening.listener === listener) live.delete(listening)
  }
  return [
    replace(target, 'addEventListener', (real) => (type: string, listener: unknown, options?: unknown) => {
      live.add({ type, listener })
      if (options instanceof Object && 'signal' in options && options.signal instanceof AbortSignal) {
        options.signal.addEventListener('abort', () => forget(type, listener))
      }
      return real(type, listener, options)
    }),
    replace(target, 'removeEventListener', (real) => (type: string, listener: unknown, options?: unknown) => {
      forget(type, listener)
      return real(type, listener, options)
    }),
  ]
}

/**
 * Counts, by wrapping the platform's functions, what is taken from now on. The function that it returns puts them back and tells what is left.
 * @param targets beside the realm's own global
 */
export function watchLeaks(targets: readonly EventTarget[]): () => Leaks {
  const [timers, urls] = [new Set<unknown>(), new Set<unknown>()]
  const listeners = new Set<Listening>()
  const unhandled: string[] = []
  const undo: Undo[] = [
    ...watchTimers(timers, 'setTimeout', 'clearTimeout'),
    ...watchTimers(timers, 'requestAnimationFrame', 'cancelAnimationFrame'),
    replace(globalThis, 'setInterval', (real) => (...input: unknown[]) => {
      const handle = real(...input)
      timers.add(handle)
      return handle
    }),
    replace(globalThis, 'clearInterval', (real) => (handle: unknown) => {
      timers.delete(handle)
      return real(handle)
    }),
    replace(URL, 'createObjectURL', (real) => (blob: Blob) => {
      const url = real(blob)
      urls.add(url)
      return url
    }),
    replace(URL, 'revokeObjectURL', (real) => (url: string) => {
      urls.delete(url)
      return real(url)
    }),
  ]
  const note = (event: Event): void => {
    unhandled.push(String('reason' in event ? event.reason : 'message' in event ? event.message : event.type))
  }
  const onNode = (reason: unknown): void => void unhandled.push(String(reason))
  if (typeof addEventListener === 'function') {
    for (const type of ['error', 'unhandledrejection']) addEventListener(type, note)
    undo.push(() => ['error', 'unhandledrejection'].forEach((type) => removeEventListener(type, note)))
    undo.push(...watchListeners(globalThis, listeners))
  } else {
    process.on('unhandledRejection', onNode)
    undo.push(() => void process.off('unhandledRejection', onNode))
  }
  for (const target of targets) undo.push(...watchListeners(target, listeners))
  return () => {
    for (const put of undo.toReversed()) put()
    return { timers: timers.size, objectUrls: urls.size, listeners: Array.from(listeners, ({ type }) => type), unhandled }
  }
}
