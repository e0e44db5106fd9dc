// @vitest-environment jsdom
import { createUploader, type Uploader } from '@cosdrop/core'
import { act, cleanup, render, screen } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { UploaderProvider } from './uploader-context.ts'
import { useQueueState, useRejections, useUploadIds, useUploadItem, useUploadTotals } from './use-upload-state.ts'

afterEach(cleanup)

const files = (...names: string[]) => names.map((name) => new File(['hello'], name))

function countingPage(uploader: Uploader) {
  const renders: Record<string, number> = {}
  const count = (name: string) => (renders[name] = (renders[name] ?? 0) + 1)
  function Row({ id }: { id: string }) {
    const item = useUploadItem(id)
    count(item?.name ?? 'gone')
    return <li>{item?.status}</li>
  }
  function List() {
    const ids = useUploadIds()
    count('list')
    return (
      <ul>
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </ul>
    )
  }
  function Totals() {
    count('totals')
    return <p>{useUploadTotals().sentBytes} bytes</p>
  }
  const page = (
    <UploaderProvider value={uploader}>
      <List />
      <Totals />
    </UploaderProvider>
  )
  return { page, renders }
}

describe('one file’s progress', () => {
  it('rerenders that file’s row and the totals, not the other rows and not the list', async () => {
    const { options, clock, storage } = createScriptedEngine()
    const uploader = createUploader(options)
    const { page, renders } = countingPage(uploader)
    render(page)
    act(() => void uploader.add(files('a', 'b', 'c')))
    await act(() => clock.advance(100))
    const before = { ...renders }
    for (const sent of [1, 2, 3]) {
      storage.requests[0]!.progress(sent)
      await act(() => clock.advance(50))
    }
    expect(screen.getByText('3 bytes')).toBeDefined()
    expect(renders).toEqual({ ...before, a: before['a']! + 3, totals: before['totals']! + 3 })
  })

  it('is seen by no row after the row’s item was removed', async () => {
    const { options, clock } = createScriptedEngine()
    const uploader = createUploader(options)
    render(countingPage(uploader).page)
    let ids: readonly string[] = []
    act(() => {
      ids = uploader.add(files('a', 'b'))
    })
    await act(() => clock.advance(100))
    await act(async () => uploader.remove(ids[0]!))
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })
})

describe('the other hooks', () => {
  it('tell rejections until they are dismissed, and whether the queue starts uploads', async () => {
    const { options } = createScriptedEngine()
    const uploader = createUploader({ ...options, restrictions: { maxSize: 1 } })
    function Page() {
      return <p>{`${useRejections(uploader).length} ${useQueueState(uploader)}`}</p>
    }
    render(<Page />)
    await act(async () => void uploader.add(files('a')))
    expect(screen.getByText('1 open')).toBeDefined()
    await act(async () => {
      uploader.pause()
      uploader.dismissRejections()
    })
    expect(screen.getByText('0 paused')).toBeDefined()
  })

  it('say what to do where there is no uploader', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    function Page() {
      return <p>{useUploadIds().length}</p>
    }
    expect(() => render(<Page />)).toThrow(/UploaderProvider/)
    vi.restoreAllMocks()
  })
})

function Sums() {
  return (
    <p>
      {useUploadIds().length} files, {useUploadTotals().bytes} bytes
    </p>
  )
}

it('a page whose uploader got files before it came alive (restore) is taken over as the server made it', async () => {
  const onServer = createUploader(createScriptedEngine().options)
  const root = document.createElement('div')
  document.body.append(root)
  root.innerHTML = renderToString(
    <UploaderProvider value={onServer}>
      <Sums />
    </UploaderProvider>,
  )
  const before = root.firstElementChild
  const uploader = createUploader({ ...createScriptedEngine().options, autoUpload: false })
  uploader.add([new File(['hello'], 'a.txt')])
  const problems: unknown[] = []
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
  environment.IS_REACT_ACT_ENVIRONMENT = true
  await act(async () => {
    hydrateRoot(
      root,
      <UploaderProvider value={uploader}>
        <Sums />
      </UploaderProvider>,
      { onRecoverableError: (error) => void problems.push(error) },
    )
  })
  expect(root.textContent).toBe('1 files, 5 bytes')
  expect(problems).toEqual([])
  expect(root.firstElementChild).toBe(before)
})
