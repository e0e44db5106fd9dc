// @vitest-environment jsdom
import { act, cleanup, render, renderHook } from '@testing-library/react'
import { Activity, StrictMode, startTransition, useEffect, useInsertionEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { useUploadSnapshot } from './use-upload-state.ts'
import { useUploader, type UseUploaderOptions } from './use-uploader.ts'
import type { Uploader } from '@cosdrop/core'

afterEach(cleanup)

const file = (name = 'a.txt') => new File(['hello'], name, { type: 'text/plain' })

describe('useUploader', () => {
  it('is the same uploader at every render, whatever the options', () => {
    const { options } = createScriptedEngine()
    const { result, rerender } = renderHook((props: UseUploaderOptions) => useUploader(props), { initialProps: options })
    const first = result.current
    rerender({ ...options, concurrency: 1 })
    expect(result.current).toBe(first)
  })

  it('uploads once where StrictMode mounts twice', async () => {
    const { options, clock, storage } = createScriptedEngine()
    const onSuccess = vi.fn<() => void>()
    const { result } = renderHook(() => useUploader({ ...options, onSuccess }), { wrapper: StrictMode })
    act(() => void result.current.add([file()]))
    await act(() => clock.advance(100))
    expect(storage.requests).toHaveLength(1)
    storage.last().succeed()
    await vi.waitFor(() => expect(onSuccess).toHaveBeenCalledTimes(1))
    expect(result.current.getSnapshot().totals.succeeded).toBe(1)
  })

  it('keeps the uploads that a StrictMode effect started, and destroys nothing by the second mount', async () => {
    const { options, clock, storage } = createScriptedEngine()
    let started = false
    function Page() {
      const uploader = useUploader(options)
      useEffect(() => {
        if (started) return
        started = true
        uploader.add([file()])
      }, [uploader])
      return null
    }
    render(<Page />, { wrapper: StrictMode })
    await act(() => clock.advance(100))
    expect(storage.active()).toHaveLength(1)
    expect(storage.last().signal.aborted).toBe(false)
  })

  it('cancels what runs when the component is gone, and leaves no timer', async () => {
    const { options, clock, storage } = createScriptedEngine()
    const { result, unmount } = renderHook(() => useUploader(options))
    result.current.add([file()])
    await act(() => clock.advance(100))
    unmount()
    await act(() => clock.advance(100))
    expect(storage.last().signal.aborted).toBe(true)
    expect(clock.pending()).toBe(0)
  })

  it('sends nothing of a folder that is read only when the component is gone, also one that was hidden before', async () => {
    for (const hide of [false, true]) {
      const { options, clock, storage } = createScriptedEngine()
      let made: Uploader | undefined
      function Page() {
        const uploader = useUploader(options)
        useEffect(() => void (made = uploader), [uploader])
        return null
      }
      const page = <Page />
      const { rerender, unmount } = render(<Activity>{page}</Activity>, { wrapper: StrictMode })
      // So that what sends is there already.
      made!.add([file('before')])
      await act(() => clock.advance(100))
      expect(storage.active()).toHaveLength(1)
      if (hide) rerender(<Activity mode="hidden">{page}</Activity>)
      await act(() => clock.advance(100))
      unmount()
      await act(() => clock.advance(100))
      made!.add([file('a'), file('b')])
      await act(() => clock.advance(100))
      expect(storage.requests).toHaveLength(1)
      expect([...made!.getSnapshot().items].map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled'])
      expect(clock.pending()).toBe(0)
    }
  })

  it('works and is heard in a tree that is hidden, and in one that is shown again', async () => {
    const { options, clock, storage } = createScriptedEngine()
    const onFilesAdded = vi.fn<() => void>()
    const mounted = vi.fn<(uploader: Uploader) => void>()
    function Page() {
      const uploader = useUploader({ ...options, onFilesAdded })
      useEffect(() => mounted(uploader), [uploader])
      return null
    }
    const page = <Page />
    const { rerender } = render(<Activity>{page}</Activity>)
    const uploader = mounted.mock.calls[0]![0]
    uploader.add([file()])
    await act(() => clock.advance(100))
    rerender(<Activity mode="hidden">{page}</Activity>)
    await act(() => clock.advance(100))
    expect(storage.last().signal.aborted).toBe(true)
    uploader.add([file()])
    await act(() => clock.advance(100))
    expect(onFilesAdded).toHaveBeenCalledTimes(2)
    rerender(<Activity>{page}</Activity>)
    uploader.add([file()])
    await act(() => clock.advance(100))
    expect(onFilesAdded).toHaveBeenCalledTimes(3)
    expect(storage.active()).toHaveLength(2)
  })

  it('leaves nothing running of what was added in a tree that is hidden when that goes, shown before or never', async () => {
    for (const shown of [true, false]) {
      const { options, clock, storage } = createScriptedEngine()
      let made: Uploader | undefined
      function Page() {
        const uploader = useUploader(options)
        // Its effects do not run where it was never shown.
        useInsertionEffect(() => void (made = uploader), [uploader])
        return null
      }
      const page = <Page />
      const { rerender, unmount } = render(<Activity mode={shown ? 'visible' : 'hidden'}>{page}</Activity>)
      rerender(<Activity mode="hidden">{page}</Activity>)
      await act(() => clock.advance(100))
      // A folder that was dropped before, say, and is read only now.
      made!.add([file()])
      await act(() => clock.advance(100))
      expect(storage.active()).toHaveLength(1)
      unmount()
      await act(() => clock.advance(100))
      expect(storage.active()).toHaveLength(0)
      expect(clock.pending()).toBe(0)
    }
  })

  it('calls the callbacks of the latest render, each with its item', async () => {
    const { options, clock, storage } = createScriptedEngine()
    const calls: string[] = []
    const log = (render: number): UseUploaderOptions => ({
      ...options,
      retry: false,
      autoUpload: false,
      restrictions: { maxSize: 5 },
      onFilesAdded: (items) => calls.push(`${render} added ${items.map(({ name }) => name).join()}`),
      onReject: (rejections) => calls.push(`${render} rejected ${rejections.map(({ name }) => name).join()}`),
      onUploadStart: (item, attempt) => calls.push(`${render} start ${item.name} ${attempt}`),
      onProgress: (item) => calls.push(`${render} progress ${item.name}`),
      onSuccess: (result, item) => calls.push(`${render} success ${item.name} ${result.etag ?? ''}`),
      onError: (error, item) => calls.push(`${render} error ${item.name} ${error.code}`),
      onSettled: (items) => calls.push(`${render} settled ${items.map(({ status }) => status).join()}`),
    })
    const { result, rerender } = renderHook((props: UseUploaderOptions) => useUploader(props), { initialProps: log(1) })
    result.current.add([file('a'), file('b'), new File(['too long'], 'c')])
    await clock.advance(0)
    rerender(log(2))
    result.current.start()
    await act(() => clock.advance(100))
    storage.requests[0]!.progress(3)
    await act(() => clock.advance(100))
    rerender(log(3))
    storage.requests[0]!.succeed({ ETag: '"e"' })
    await vi.waitFor(() => expect(calls.at(-1)).toContain('success'))
    storage.requests[1]!.refuse(403, 'AccessDenied')
    await vi.waitFor(() => expect(calls.at(-1)).toContain('settled'))
    expect(calls).toEqual([
      '1 added a,b',
      '1 rejected c',
      '2 start a 1',
      '2 start b 1',
      '2 progress a',
      '3 success a "e"',
      '3 error b service',
      '3 settled success,error',
    ])
  })

  it('never rerenders because of an upload', async () => {
    const { options, clock, storage } = createScriptedEngine()
    const onRender = vi.fn<() => void>()
    const { result } = renderHook(() => {
      onRender()
      return useUploader(options)
    })
    result.current.add([file()])
    await act(() => clock.advance(100))
    storage.last().progress(3)
    await act(() => clock.advance(100))
    storage.last().succeed()
    await vi.waitFor(() => expect(result.current.getSnapshot().totals.succeeded).toBe(1))
    expect(onRender).toHaveBeenCalledTimes(1)
  })
})

it('calls a callback once that renders synchronously', async () => {
  const { options, clock, storage } = createScriptedEngine()
  let calls = 0
  const { result } = renderHook(() => {
    const [log, setLog] = useState<readonly string[]>([])
    const uploader = useUploader({
      ...options,
      onSuccess: ({ key }) => {
        if (++calls > 100) return
        // To scroll to the new line, say.
        flushSync(() => setLog((before) => [...before, key]))
      },
    })
    return { uploader, log }
  })
  result.current.uploader.add([new File(['hello'], 'a.txt')])
  await act(() => clock.advance(100))
  storage.last().succeed()
  await clock.advance(100)
  expect(calls).toBe(1)
  expect(result.current.log).toHaveLength(1)
})

it('a form that is submitted when all is over carries the keys of all files, the last one too', async () => {
  const { options, clock, storage } = createScriptedEngine()
  const sent: unknown[] = []
  let add: Uploader['add'] = () => []
  function Page() {
    const form = useRef<HTMLFormElement>(null)
    const uploader = useUploader({
      ...options,
      onSettled: () => sent.push(new FormData(form.current!).getAll('file')),
    })
    const { items } = useUploadSnapshot(uploader)
    useEffect(() => {
      add = uploader.add
    }, [uploader])
    return (
      <form ref={form}>
        {[...items].map((item) => item.status === 'success' && <input key={item.id} type="hidden" name="file" value={item.result.key} />)}
      </form>
    )
  }
  render(<Page />)
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  add([file('a.txt'), file('b.txt')])
  await clock.advance(100)
  for (const request of storage.active()) request.succeed()
  await clock.advance(100)
  vi.unstubAllGlobals()
  expect(sent).toEqual([[expect.stringContaining('a.txt'), expect.stringContaining('b.txt')]])
})

it('a file that a child adds in an effect is held to the options of that very render', async () => {
  const { options } = createScriptedEngine()
  let seen: Uploader | undefined
  function Child({ uploader, file }: { readonly uploader: Uploader; readonly file: File | null }) {
    useEffect(() => {
      seen = uploader
      if (file) uploader.add([file])
    }, [uploader, file])
    return null
  }
  function Page({ maxSize, file }: { readonly maxSize: number; readonly file: File | null }) {
    const uploader = useUploader({ ...options, restrictions: { maxSize } })
    return <Child uploader={uploader} file={file} />
  }
  const { rerender } = render(<Page maxSize={5} file={null} />)
  rerender(<Page maxSize={50} file={new File(['0123456789'], 'a')} />)
  expect(seen!.getSnapshot().rejections).toEqual([])
  expect(seen!.getSnapshot().ids).toHaveLength(1)
})

it('a file that is added as another album comes is signed for that album', async () => {
  const { options, clock } = createScriptedEngine()
  const { policy } = options
  const contexts: unknown[] = []
  let show: (album: string) => void = () => {}
  function Child({ uploader, album }: { readonly uploader: Uploader; readonly album: string }) {
    useLayoutEffect(() => {
      if (album === 'second') uploader.add([new File(['x'], 'a')])
    }, [uploader, album])
    return null
  }
  function Page() {
    const [album, setAlbum] = useState('first')
    useEffect(() => {
      show = setAlbum
    }, [])
    const uploader = useUploader({
      ...options,
      context: { album },
      policy: (request, given) => {
        contexts.push(request.context)
        return typeof policy === 'string' ? Promise.reject(new Error()) : policy(request, given)
      },
    })
    return <Child uploader={uploader} album={album} />
  }
  render(<Page />)
  // The sending part is there already.
  await clock.advance(0)
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
  environment.IS_REACT_ACT_ENVIRONMENT = false
  startTransition(() => show('second'))
  await new Promise((resolve) => setTimeout(resolve, 100))
  await clock.advance(100)
  environment.IS_REACT_ACT_ENVIRONMENT = true
  await act(() => clock.advance(100))
  expect(contexts).toEqual([{ album: 'second' }])
})
