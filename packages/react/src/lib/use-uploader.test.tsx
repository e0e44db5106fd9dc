// @vitest-environment jsdom
import { act, cleanup, render, renderHook } from '@testing-library/react'
import { Activity, StrictMode, useEffect } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
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
