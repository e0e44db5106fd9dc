// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { useCosUpload } from './use-cos-upload.ts'

afterEach(() => {
  cleanup()
  document.body.replaceChildren()
})

function Page({ options }: { options: ReturnType<typeof createScriptedEngine>['options'] }) {
  const { items, totals, getRootProps, getInputProps, getTriggerProps } = useCosUpload(options)
  return (
    <div {...getRootProps()}>
      <input {...getInputProps({ 'aria-label': 'Files' })} />
      <button {...getTriggerProps()}>Choose</button>
      <p>{`${totals.files} files`}</p>
      <ul>
        {items.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
    </div>
  )
}

describe('a page that a server rendered', () => {
  it('comes alive without a mismatch', async () => {
    const { options } = createScriptedEngine()
    const complaint = vi.spyOn(console, 'error')
    const container = document.body.appendChild(document.createElement('div'))
    container.innerHTML = renderToString(<Page options={options} />)
    const onRecoverableError = vi.fn<(error: unknown) => void>()
    const root = await act(() => hydrateRoot(container, <Page options={options} />, { onRecoverableError }))
    expect(screen.getByText('0 files')).toBeDefined()
    expect(onRecoverableError).not.toHaveBeenCalled()
    expect(complaint).not.toHaveBeenCalled()
    act(() => root.unmount())
  })

  it('takes the files that were chosen before it came alive', async () => {
    const { options } = createScriptedEngine()
    const container = document.body.appendChild(document.createElement('div'))
    const page = (
      <StrictMode>
        <Page options={{ ...options, autoUpload: false }} />
      </StrictMode>
    )
    container.innerHTML = renderToString(page)
    const input = screen.getByLabelText<HTMLInputElement>('Files')
    let files: readonly File[] = [new File(['early'], 'early.txt')]
    Object.defineProperty(input, 'files', { get: () => files })
    vi.spyOn(input, 'value', 'set').mockImplementation(() => {
      files = []
    })
    const root = await act(() => hydrateRoot(container, page))
    await waitFor(() => expect(screen.getAllByText('early.txt')).toHaveLength(1))
    act(() => root.unmount())
  })
})
