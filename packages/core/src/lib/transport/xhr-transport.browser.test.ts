import { afterEach, expect, inject, onTestFinished, test, vi } from 'vitest'
import type { Clock } from '../clock.ts'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { isCosUploadError } from '../upload-error.ts'
import { createXhrTransport } from './xhr-transport.ts'

const xhrTransport = createXhrTransport()

interface SeenPosts {
  readonly posts: number
  readonly received: number
  readonly closed: boolean
  readonly parts: readonly { name: string; filename: string | null; type: string | null; size: number; value: string | null }[]
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

let lastId = 0
function prepare(
  query = '',
  file: Blob = new Blob(['hello']),
  filename = 'hello.txt',
): { form: PostForm; seen: (until?: string) => Promise<SeenPosts> } {
  const id = `${Date.now()}-${++lastId}`
  const fields = [
    ['key', 'a/${filename}'],
    ['policy', 'e30='],
  ] as const
  return {
    form: createPostForm({ action: `${inject('echoUrl')}/?id=${id}${query}`, fields, file, filename }),
    seen: async (until = 'now') => (await fetch(`${inject('echoUrl')}/seen?id=${id}&until=${until}`)).json(),
  }
}

const ignore = { signal: new AbortController().signal, onProgress: () => {} }
const megabytes = (count: number): Blob => new Blob([new Uint8Array(count * 1024 * 1024).fill(7)])

/** A clock that stands still until it is moved. */
function manualClock(): Clock & { move: (ms: number) => void; timers: () => number } {
  let now = 0
  const timers = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    timers: () => timers.size,
    move(ms) {
      now += ms
      for (const timer of timers) {
        if (timer.at > now) continue
        timers.delete(timer)
        timer.callback()
      }
    },
  }
}

test('sends the fields in their order and the file last', async () => {
  const { form, seen } = prepare('', new Blob(['hello'], { type: 'text/plain' }))
  const reply = await xhrTransport(form, ignore)
  expect(reply.status).toBe(204)
  expect((await seen()).parts).toEqual([
    { name: 'key', filename: null, type: null, size: 13, value: 'a/${filename}' },
    { name: 'policy', filename: null, type: null, size: 4, value: 'e30=' },
    { name: 'file', filename: 'hello.txt', type: 'text/plain', size: 5, value: null },
  ])
})

test.each([
  ['an empty file', new Blob([]), 'empty.bin', 'empty.bin', 0],
  ['quotes and line breaks', new Blob(['x']), 'a"b\r\nc\n.txt', 'a%22b%0D%0Ac%0A.txt', 1],
  ['emoji', new Blob(['x']), '📷 été.jpg', '📷 été.jpg', 1],
  ['right-to-left marks', new Blob(['x']), '\u202egpj.exe', '\u202egpj.exe', 1],
])('sends %s', async (_what, file, filename, onTheWire, size) => {
  const { form, seen } = prepare('', file, filename)
  expect((await xhrTransport(form, ignore)).status).toBe(204)
  expect((await seen()).parts.at(-1)).toMatchObject({ name: 'file', filename: onTheWire, size })
})

test('reads exposed headers, and hidden ones as null without an error in the console', async () => {
  // The browser logs an error for each header that is asked for and not exposed.
  const asked = vi.spyOn(XMLHttpRequest.prototype, 'getResponseHeader')
  const exposed = await xhrTransport(prepare().form, ignore)
  expect(exposed.header('etag')).toMatch(/^"[\da-f]{32}"$/)
  expect(exposed.header('X-Cos-Request-Id')).toBe('NWNlZWFi')
  const hidden = await xhrTransport(prepare('&expose=off').form, ignore)
  expect(hidden.header('ETag')).toBeNull()
  expect(asked).not.toHaveBeenCalled()
})

test('tells progress in bytes of the file, never backwards, never all of it, then that it waits', async () => {
  const file = megabytes(16)
  const told: [number | null, string][] = []
  const { form } = prepare('', file)
  await xhrTransport(form, { ...ignore, onProgress: (sent, phase) => told.push([sent, phase]) })
  const sent = told.map(([bytes]) => bytes ?? -1)
  expect(sent).toEqual(sent.toSorted((a, b) => a - b))
  expect(Math.min(...sent)).toBeGreaterThan(0)
  expect(sent.at(-1)).toBe(file.size - 1)
  expect(told.filter(([, phase]) => phase === 'waiting')).toEqual([[file.size - 1, 'waiting']])
  expect(told.at(-1)?.[1]).toBe('waiting')
})

test('resolves with a refusal and its body', async () => {
  const reply = await xhrTransport(prepare(`&status=403&body=${encodeURIComponent('<Error/>')}`).form, ignore)
  expect(reply).toMatchObject({ status: 403, body: '<Error/>', via: 'xhr' })
})

test('closes the connection when the upload is canceled, and says so', async () => {
  const controller = new AbortController()
  const { form, seen } = prepare('&stop=1', megabytes(16))
  const sending = xhrTransport(form, { signal: controller.signal, onProgress: () => controller.abort('changed my mind') })
  await expect(sending).rejects.toMatchObject({ code: 'aborted', details: { reason: 'changed my mind' } })
  expect(await seen('closed')).toMatchObject({ posts: 1, closed: true })
})

test('sends nothing once it was canceled', async () => {
  const { form, seen } = prepare()
  await expect(xhrTransport(form, { ...ignore, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  expect((await seen()).posts).toBe(0)
})

test('lets go of the signal and the clock when it is done, in whatever way', async () => {
  const clock = manualClock()
  const transport = createXhrTransport({ clock })
  const send = async (form: PostForm, controller = new AbortController()): Promise<void> => {
    const added = vi.spyOn(controller.signal, 'addEventListener')
    const removed = vi.spyOn(controller.signal, 'removeEventListener')
    const sending = transport(form, { ...ignore, signal: controller.signal })
    expect(clock.timers()).toBe(1)
    await sending.catch(() => {})
    expect(added.mock.calls).toHaveLength(1)
    expect(removed.mock.calls).toEqual(added.mock.calls)
    expect(removed.mock.invocationCallOrder[0]).toBeGreaterThan(added.mock.invocationCallOrder[0]!)
    expect(clock.timers()).toBe(0)
  }
  await send(prepare().form)
  await send(prepare('&reset=1').form)
  // Ends while it is sent, and not after.
  await send({ ...prepare().form, action: 'ftp://host/' })
  const controller = new AbortController()
  setTimeout(() => controller.abort())
  await send(prepare('&hold=1').form, controller)
})

test('keeps nothing when it is canceled from within its own progress', async () => {
  const clock = manualClock()
  const controller = new AbortController()
  const told: string[] = []
  const onProgress = (_sent: number | null, phase: string): void => {
    told.push(phase)
    controller.abort()
  }
  const sending = createXhrTransport({ clock })(prepare('&hold=1', megabytes(16)).form, { signal: controller.signal, onProgress })
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
  expect(told).toHaveLength(1)
  expect(clock.timers()).toBe(0)
})

test('calls a connection that broke before everything was sent a network error', async () => {
  const { form } = prepare('&cut=100000', megabytes(32))
  await expect(xhrTransport(form, ignore)).rejects.toMatchObject({ code: 'network', details: { probe: null } })
})

test('in Firefox, which is late with progress, a connection that broke leaves open whether the file was sent, unless too much was left', async () => {
  vi.stubGlobal('InternalError', Error)
  await expect(xhrTransport({ ...prepare().form, action: 'http://127.0.0.1:1/' }, ignore)).rejects.toMatchObject({
    code: 'outcome-unknown',
    message: expect.stringContaining('does not tell how much'),
    details: { sentUnknown: true, probe: null, key: 'a/hello.txt' },
  })
  const { form } = prepare('&cut=100000', megabytes(96))
  await expect(xhrTransport(form, ignore)).rejects.toMatchObject({ code: 'network' })
})

test.each([
  [100, 'outcome-unknown'],
  [300, 'network'],
])('in Firefox what broke after %i ms without progress is %s', async (silentMs, code) => {
  vi.stubGlobal('InternalError', Error)
  class BrokenRequest {
    readonly upload: { onprogress?: (event: Event) => void } = {}
    readonly status = 0
    onloadend: ((event: { timeStamp: number }) => void) | null = null
    open(): void {}
    async send(): Promise<void> {
      await Promise.resolve()
      const half = Object.defineProperty(new ProgressEvent('progress', { loaded: 600, total: 1200 }), 'timeStamp', { value: 1000 })
      this.upload.onprogress?.(half)
      this.onloadend?.({ timeStamp: 1000 + silentMs })
    }
  }
  const { form } = prepare('', new Blob([new Uint8Array(1000)]))
  vi.stubGlobal('XMLHttpRequest', BrokenRequest)
  await expect(createXhrTransport()(form, ignore)).rejects.toMatchObject({ code })
})

test.each([
  ['all that went out has been told', 10, false],
  ['more may have gone out, as over HTTP/2', 100, true],
])('tells of a broken connection whether %s', async (_what, silence, sentUnknown) => {
  class BrokenRequest {
    readonly upload: { onprogress?: (event: object) => void } = {}
    readonly status = 0
    onloadend: ((event: { timeStamp: number }) => void) | null = null
    open(): void {}
    abort(): void {}
    async send(): Promise<void> {
      await Promise.resolve()
      this.upload.onprogress?.({ loaded: 500, total: 1200, timeStamp: 1_000 })
      this.onloadend?.({ timeStamp: 1_000 + silence })
    }
  }
  vi.stubGlobal('XMLHttpRequest', BrokenRequest)
  const { form } = prepare('', new Blob([new Uint8Array(1000)]))
  const error = await xhrTransport(form, ignore).catch((cause: unknown) => cause)
  expect(isCosUploadError(error, 'network') && !!error.details.sentUnknown).toBe(sentUnknown)
  expect(error).toMatchObject({ code: 'network' })
})

test('calls a refused connection a network error', async () => {
  const { form } = prepare()
  await expect(xhrTransport({ ...form, action: 'http://127.0.0.1:1/' }, ignore)).rejects.toMatchObject({ code: 'network' })
})

test('calls a refused preflight a network error: nothing was sent', async () => {
  const { form, seen } = prepare('&cors=off')
  await expect(xhrTransport(form, ignore)).rejects.toMatchObject({ code: 'network' })
  expect((await seen()).posts).toBe(0)
})

test.each([
  ['a small file', new Blob(['hello'])],
  ['a large file', megabytes(8)],
])('says that the outcome is unknown when the connection broke after all of %s was sent', async (_what, file) => {
  const { form, seen } = prepare('&reset=1', file)
  const error: unknown = await xhrTransport(form, ignore).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'outcome-unknown', details: { key: 'a/hello.txt' } })
  expect((await seen()).parts.at(-1)?.size).toBe(file.size)
})

test.each([
  ['a small file', new Blob(['hello'])],
  ['a large file', megabytes(8)],
])('says that the outcome is unknown when CORS hides the reply to %s', async (_what, file) => {
  const { form, seen } = prepare('&cors=preflight', file)
  await expect(xhrTransport(form, ignore)).rejects.toMatchObject({ code: 'outcome-unknown' })
  expect((await seen()).parts.at(-1)?.size).toBe(file.size)
})

test('gives up as stalled when no byte is taken any more', async () => {
  const clock = manualClock()
  const { form, seen } = prepare('&stop=1', megabytes(32))
  let last = 0
  let settled: unknown = null
  let outcome: Promise<unknown> | undefined
  await new Promise<void>((resolve) => {
    const onProgress = (sent: number | null): void => {
      last = sent ?? 0
      resolve()
    }
    outcome = createXhrTransport({ clock, stallTimeout: 5_000 })(form, { ...ignore, onProgress }).catch((reason: unknown) => (settled = reason))
  })
  // The system's buffers take some bytes after the server stopped reading, and each of them starts the time anew.
  while (settled === null) {
    clock.move(1_000)
    await new Promise((resolve) => setTimeout(resolve))
  }
  await outcome
  expect(settled).toMatchObject({ code: 'stalled', details: { idleMs: 5_000, sent: last } })
  expect((await seen('closed')).closed).toBe(true)
})

test('every sign of life starts the time anew', async () => {
  const clock = manualClock()
  let signs = 0
  const onProgress = (): void => {
    signs += 1
    clock.move(4_900)
  }
  const transport = createXhrTransport({ clock, stallTimeout: 5_000, replyTimeout: 5_000 })
  await expect(transport(prepare('', megabytes(64)).form, { ...ignore, onProgress })).resolves.toMatchObject({ status: 204 })
  expect(signs).toBeGreaterThan(1)
})

test('bytes of a body that the browser sends again by itself are signs of life, too', async () => {
  const clock = manualClock()
  class RepeatedRequest {
    readonly upload: { onprogress?: (event: Event) => void } = {}
    status = 0
    readonly responseText = ''
    readonly responseURL = ''
    onloadend: ((event: { timeStamp: number }) => void) | null = null
    open(): void {}
    getAllResponseHeaders = (): string => ''
    abort(): void {
      this.onloadend?.({ timeStamp: 0 })
      this.onloadend = null
    }
    async send(): Promise<void> {
      await Promise.resolve()
      // All of it, and then, after a 307 or on another connection, all of it again.
      this.upload.onprogress?.(new ProgressEvent('progress', { loaded: 1200, total: 1200 }))
      for (let second = 1; second <= 12; second++) {
        clock.move(1_000)
        this.upload.onprogress?.(new ProgressEvent('progress', { loaded: 100 * second, total: 1200 }))
      }
      this.status = 204
      this.onloadend?.({ timeStamp: 0 })
    }
  }
  vi.stubGlobal('XMLHttpRequest', RepeatedRequest)
  const { form } = prepare('', new Blob([new Uint8Array(1000)]))
  const told: (number | null)[] = []
  const sending = createXhrTransport({ clock, replyTimeout: 5_000 })(form, { ...ignore, onProgress: (sent) => told.push(sent) })
  await expect(sending).resolves.toMatchObject({ status: 204 })
  expect(told).toEqual([999])
})

test('a file that was given up is given more time when it is sent again: what buffers on a slow way took at once may take minutes', async () => {
  const clock = manualClock()
  /** Takes half of the file, or all of it, and then nothing. */
  class BufferedRequest {
    readonly upload: { onprogress?: (event: object) => void } = {}
    readonly status = 0
    onloadend: ((event: { timeStamp: number }) => void) | null = null
    open(): void {}
    abort(): void {
      if (this.onloadend) endedAt = clock.now()
      this.onloadend?.({ timeStamp: 0 })
      this.onloadend = null
    }
    send(): void {
      this.upload.onprogress?.({ loaded: taken, total: 1_200, timeStamp: 0 })
    }
  }
  let taken = 600
  let endedAt = 0
  vi.stubGlobal('XMLHttpRequest', BufferedRequest)
  const transport = createXhrTransport({ clock, stallTimeout: 5_000, replyTimeout: 20_000 })
  const send = async (file: Blob) => {
    let error: unknown = null
    const begun = clock.now()
    const sending = transport(prepare('', file).form, ignore).catch((cause: unknown) => (error = cause))
    while (error === null) {
      clock.move(500)
      await new Promise((resolve) => setTimeout(resolve))
    }
    await sending
    return { error, seconds: Math.floor((endedAt - begun) / 1_000) }
  }
  const [stuck, lost] = [new Blob([new Uint8Array(1_000)]), new Blob([new Uint8Array(1_000)])]
  expect(await send(stuck)).toMatchObject({ error: { code: 'stalled', details: { idleMs: 5_000 } }, seconds: 5 })
  expect(await send(stuck)).toMatchObject({ error: { code: 'stalled', details: { idleMs: 20_000 } }, seconds: 20 })
  expect(await send(stuck)).toMatchObject({ error: { code: 'stalled', details: { idleMs: 20_000 } }, seconds: 20 })
  taken = 1_200
  expect(await send(lost)).toMatchObject({ error: { code: 'outcome-unknown' }, seconds: 20 })
  expect(await send(lost)).toMatchObject({ error: { code: 'outcome-unknown' }, seconds: 80 })
})

test('an upload has its whole time, however long the page has been there', async () => {
  const clock = manualClock()
  const transport = createXhrTransport({ clock, stallTimeout: 5_000, replyTimeout: 5_000 })
  for (let count = 0; count < 3; count++) {
    clock.move(3_600_000)
    const { form, seen } = prepare('&hold=1')
    let settled: unknown = null
    const sending = transport(form, ignore).catch((reason: unknown) => (settled = reason))
    for (let second = 0; second < 4; second++) clock.move(1_000)
    await seen('body')
    expect(settled).toBeNull()
    while (settled === null) {
      clock.move(1_000)
      await new Promise((resolve) => setTimeout(resolve))
    }
    await sending
  }
})

test('waits longer for the reply, then says that the outcome is unknown', async () => {
  const clock = manualClock()
  const { form, seen } = prepare('&hold=1')
  let settled: unknown = null
  let sending: Promise<unknown> | undefined
  await new Promise<void>((resolve) => {
    const onProgress = (_sent: number | null, phase: string): void => {
      if (phase === 'waiting') resolve()
    }
    sending = createXhrTransport({ clock, stallTimeout: 5_000, replyTimeout: 60_000 })(form, { ...ignore, onProgress }).catch(
      (reason: unknown) => (settled = reason),
    )
  })
  await seen('body')
  for (let second = 1; second < 60; second++) clock.move(1_000)
  await new Promise((resolve) => setTimeout(resolve))
  expect(settled).toBeNull()
  for (let second = 60; second < 62; second++) clock.move(1_000)
  await sending
  expect(isCosUploadError(settled, 'outcome-unknown')).toBe(true)
})

test('an upload knows nothing of those before it', async () => {
  const made = vi.spyOn(globalThis, 'XMLHttpRequest')
  const clock = manualClock()
  const transport = createXhrTransport({ clock, stallTimeout: 5_000 })
  const send = async (query: string, size: number, signal = ignore.signal) => {
    const phases: string[] = []
    const told: (number | null)[] = []
    const onProgress = (sent: number | null, phase: string): void => {
      told.push(sent)
      phases.push(phase)
    }
    const reply = await transport(prepare(query, new Blob([new Uint8Array(size)])).form, { signal, onProgress }).catch((error: unknown) => error)
    return { reply, last: told.at(-1), waited: phases.filter((phase) => phase === 'waiting').length }
  }
  const plain = (size: number) => ({ reply: { status: 204, body: '' }, last: size - 1, waited: 1 })
  expect(await send('', 2_000_000)).toMatchObject(plain(2_000_000))
  expect(await send('', 2_000)).toMatchObject(plain(2_000))
  expect(await send('&status=403&body=no', 2_000)).toMatchObject({ reply: { status: 403, body: 'no' } })
  for (let count = 0; count < 4; count++) expect(await send('', 3_000)).toMatchObject(plain(3_000))
  expect(made).toHaveBeenCalledTimes(7)

  const controller = new AbortController()
  const canceled = send('&hold=1', 2_000, controller.signal)
  controller.abort()
  expect(await canceled).toMatchObject({ reply: { code: 'aborted' } })
  let stalled: unknown = null
  void transport(prepare('&stop=1', megabytes(16)).form, ignore).catch((error: unknown) => (stalled = error))
  while (stalled === null) {
    clock.move(1_000)
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(stalled).toMatchObject({ code: 'stalled' })
  for (let count = 0; count < 4; count++) expect(await send('', 3_000)).toMatchObject(plain(3_000))
  expect(clock.timers()).toBe(0)
})

test('in WebKit no upload is given the headers of another', async () => {
  vi.spyOn(navigator, 'vendor', 'get').mockReturnValue('Apple Computer, Inc.')
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends XMLHttpRequest {
      #headers = ''
      override getAllResponseHeaders(): string {
        return (this.#headers ||= super.getAllResponseHeaders())
      }
    },
  )
  const transport = createXhrTransport()
  const etags = new Set<string | null>()
  for (const text of ['a', 'b', 'c', 'd', 'e']) etags.add((await transport(prepare('', new Blob([text])).form, ignore)).header('ETag'))
  expect(etags.size).toBe(5)
})

test('never gives up what may take for ever', async () => {
  const clock = manualClock()
  const controller = new AbortController()
  const { form, seen } = prepare('&hold=1')
  const transport = createXhrTransport({ clock, stallTimeout: Infinity, replyTimeout: Infinity })
  const sending = transport(form, { ...ignore, signal: controller.signal })
  await seen('body')
  for (let day = 0; day < 100; day++) clock.move(24 * 60 * 60 * 1_000)
  controller.abort()
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
})

test('in WebKit finds a file that cannot be read before anything is sent', async () => {
  vi.spyOn(navigator, 'vendor', 'get').mockReturnValue('Apple Computer, Inc.')
  const transport = createXhrTransport()
  const failing = { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }
  for (const slice of [() => failing, () => new Blob([])]) {
    const file = Object.defineProperty(new File(['hello'], 'gone.txt'), 'slice', { value: slice })
    const { form, seen } = prepare('', file)
    await expect(transport(form, ignore)).rejects.toMatchObject({ code: 'file-unreadable' })
    expect((await seen()).posts).toBe(0)
    await expect(createXhrTransport({ readFirst: false })(form, ignore)).resolves.toMatchObject({ status: 204 })
  }
  const empty = prepare('', new File([], 'empty.txt'))
  await expect(transport(empty.form, ignore)).resolves.toMatchObject({ status: 204 })
  await expect(transport(empty.form, { ...ignore, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
})

test('in WebKit a file that is canceled while it cannot be read is canceled, and not called unreadable', async () => {
  const controller = new AbortController()
  const refused = (): Promise<never> => {
    controller.abort()
    return Promise.reject(new DOMException('', 'NotFoundError'))
  }
  const file = Object.defineProperty(new File(['hello'], 'gone.txt'), 'slice', { value: () => ({ arrayBuffer: refused }) })
  const sending = createXhrTransport({ readFirst: true })(prepare('', file).form, { ...ignore, signal: controller.signal })
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
})

test('a file of a window that is closed by now, of which nothing arrives that is read there, is not waited for', async () => {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const { File: Foreign } = frame.contentWindow as unknown as typeof globalThis
  const file = new Foreign(['hello'], 'hello.txt')
  frame.remove()
  // The time after which it would be sent unread never comes.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { form, seen } = prepare('', file)
  await expect(createXhrTransport({ readFirst: true })(form, ignore)).resolves.toMatchObject({ status: 204 })
  expect((await seen()).parts.at(-1)).toMatchObject({ size: 5 })
})

test('stops when the browser sends an empty body for a file that has bytes', async () => {
  const empty = new File([], 'empty.txt')
  // What WebKit does to a dropped file whose source went away: it keeps its size and sends nothing.
  const broken = Object.defineProperties(empty, { size: { value: 1024 * 1024 }, slice: { value: () => new Blob(['x']) } })
  const { form } = prepare('&hold=1', broken)
  await expect(xhrTransport(form, ignore)).rejects.toMatchObject({ code: 'file-unreadable' })
})

test('reads a refusal that came before the body was taken', async () => {
  const reply = await xhrTransport(prepare('&early=1&body=no', new Blob([new Uint8Array(200_000)])).form, ignore)
  expect(reply).toMatchObject({ status: 403, body: 'no' })
})
