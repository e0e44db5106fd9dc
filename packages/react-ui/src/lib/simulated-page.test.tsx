// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { RecoveryStore } from '@cosdrop/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CosUploader } from '../index.ts'
import { queued, stored } from './testing/staged-items.ts'
import { createStagedUploader } from './testing/staged-uploader.ts'

// What the pages of Jest and of happy-dom lack, and later ones of jsdom have. For some it is asked when a module is loaded.
vi.hoisted(() => ['CSS', 'ResizeObserver', 'reportError'].forEach((name) => Reflect.deleteProperty(globalThis, name)))

afterEach(cleanup)

describe("in the simulated page of an app's own tests", () => {
  it('a row can be removed, and the next one has the focus', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.txt'), stored('b.txt')] })} />)
    fireEvent.click(screen.getByRole('button', { name: 'Remove a.txt from the list' }))
    await act(async () => {})
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove b.txt from the list' }))
  })

  it('the focus stays where it was taken after a removal, whatever is added or taken out then', async () => {
    const uploader = createStagedUploader({ items: ['a.txt', 'b.txt', 'c.txt'].map(stored) })
    render(<CosUploader uploader={uploader} />)
    fireEvent.click(screen.getByRole('button', { name: 'Remove a.txt from the list' }))
    const last = screen.getByRole('button', { name: 'Remove c.txt from the list' })
    await act(async () => last.focus())
    await act(async () => uploader.add([new Blob()]))
    await act(async () => uploader.remove(uploader.getSnapshot().ids[0] ?? ''))
    expect(document.activeElement).toBe(last)
  })

  it('a hundred files are a hundred rows, also where the list grew to that', async () => {
    const uploader = createStagedUploader({ items: Array.from({ length: 100 }, (_, index) => queued(`${index}.txt`)) })
    const { unmount } = render(<CosUploader uploader={uploader} />)
    expect(screen.getAllByRole('listitem')).toHaveLength(100)
    unmount()
    const growing = createStagedUploader({ items: [queued('first.txt')] })
    render(<CosUploader uploader={growing} />)
    await act(async () => growing.add(Array.from({ length: 99 }, () => new Blob())))
    expect(screen.getAllByRole('listitem')).toHaveLength(100)
  })

  it('the widget is there where nothing can be recovered', async () => {
    const load = vi.fn<RecoveryStore['load']>(() => Promise.reject(new Error('This page has no IndexedDB.')))
    const recovery: RecoveryStore = { load, save: async () => {}, note: async () => {}, remove: async () => {}, close: () => {} }
    render(<CosUploader policy="/api/policy" endpointLimits={false} recovery={recovery} />)
    await vi.waitFor(() => expect(load).toHaveBeenCalled())
    // A rejection that nobody handles would be the end of the whole run.
    await act(async () => {})
    expect(screen.getByRole('button', { name: 'choose files' })).toBeDefined()
  })
})
