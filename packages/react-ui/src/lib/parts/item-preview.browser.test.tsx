import { createUploader } from '@cosdrop/core'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cdp } from 'vitest/browser'
import { CosUploader } from '../cos-uploader.tsx'
import { createStagedUploader } from '../testing/staged-uploader.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>'
const picture = (text = svg) => ({ name: 'red.svg', file: new Blob([text], { type: 'image/svg+xml' }), state: { status: 'queued' } }) as const
const preview = () => screen.getByRole('listitem').querySelector('[data-part=item-preview]')!

describe('a thumbnail', () => {
  it('shows the picture itself, and leaves no object URL behind', async () => {
    const live = new Set<string>()
    const make = URL.createObjectURL.bind(URL)
    const revoke = URL.revokeObjectURL.bind(URL)
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      const url = make(blob)
      live.add(url)
      return url
    })
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => {
      live.delete(url)
      revoke(url)
    })
    const uploader = createStagedUploader({ items: [picture(), picture()] })
    const { unmount } = render(<CosUploader uploader={uploader} />, { wrapper: StrictMode })
    const images = () => [...document.querySelectorAll('img')]
    await waitFor(() => expect(images().map(({ naturalWidth }) => naturalWidth)).toEqual([8, 8]))
    expect(live.size).toBe(2)
    act(() => uploader.remove(uploader.getSnapshot().ids[0]!))
    expect(live.size).toBe(1)
    unmount()
    expect(live.size).toBe(0)
  })

  it('goes for good with its row, and the widget with it', async () => {
    const { unmount } = render(<CosUploader uploader={createStagedUploader({ items: [picture()] })} />)
    await waitFor(() => expect(document.querySelector('img')?.naturalWidth).toBe(8))
    const row = new WeakRef(preview())
    unmount()
    cleanup()
    const gone = async (): Promise<void> => {
      await cdp().send('HeapProfiler.collectGarbage')
      // Not the row itself: the error, which is kept until the next look, would hold it.
      expect(row.deref() === undefined).toBe(true)
    }
    await waitFor(gone, { timeout: 20_000 })
  })

  it('gives way to the extension when the picture cannot be drawn', async () => {
    render(<CosUploader uploader={createStagedUploader({ items: [picture('no picture')] })} />)
    await waitFor(() => expect(preview().textContent).toBe('SVG'))
  })

  it('is of what `prepare` makes of a picture that cannot be drawn', async () => {
    let give = (_made: Blob): void => {}
    const made = new Promise<Blob>((resolve) => (give = resolve))
    const uploader = createUploader({ policy: () => new Promise(() => {}), prepare: () => made })
    render(<CosUploader uploader={uploader} />)
    act(() => void uploader.add([picture('HEIC of a name that is none')]))
    await waitFor(() => expect(preview().textContent).toBe('SVG'))
    give(picture().file)
    await waitFor(() => expect(document.querySelector('img')?.naturalWidth).toBe(8), { timeout: 20_000 })
  })

  it("gives way to the extension where no object URL can be made of a file, as in Jest's jsdom, and the widget stays", async () => {
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      throw new TypeError('The "obj" argument must be an instance of Blob.')
    })
    render(<CosUploader uploader={createStagedUploader({ items: [picture()] })} />)
    await waitFor(() => expect(preview().textContent).toBe('SVG'))
  })

  it('is the extension for other files, and a sign for files without one', () => {
    render(
      <CosUploader
        uploader={createStagedUploader({
          items: [
            { name: 'a.tar.gz', size: 1, state: { status: 'queued' } },
            { name: 'Makefile', size: 1, state: { status: 'queued' } },
          ],
        })}
      />,
    )
    const [first, second] = document.querySelectorAll('[data-part=item-preview]')
    expect(first?.textContent).toBe('GZ')
    expect(second?.querySelector('[data-icon=file]')).not.toBeNull()
  })
})
