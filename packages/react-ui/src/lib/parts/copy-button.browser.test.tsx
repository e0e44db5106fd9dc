import '../../styles.css'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { createManualClock } from '@cosdrop/core/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CosUploader } from '../cos-uploader.tsx'
import { focusedNear } from '../focused-near.ts'
import { containerIn, elsewhere } from '../testing/elsewhere.ts'
import { failed, sending, stored, storedResult } from '../testing/staged-items.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const chip = () => screen.getByRole('button', { name: /ETag/u })

describe('a copy button', () => {
  it('copies the whole value, says so, and shows it for two seconds', async () => {
    const clock = createManualClock()
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} clock={clock} />)
    await userEvent.click(chip())
    expect(write).toHaveBeenCalledWith(storedResult.etag)
    await waitFor(() => expect(screen.getByRole('log').textContent).toBe('ETag copied'))
    expect(chip().dataset['state']).toBe('copied')
    await act(() => clock.advance(2000))
    expect(chip().dataset['state']).toBeUndefined()
  })

  it('copies without the clipboard API as well, and leaves the focus where it was', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    const selected: string[] = []
    vi.spyOn(document, 'execCommand').mockImplementation(() => {
      selected.push(document.activeElement instanceof HTMLTextAreaElement ? document.activeElement.value : '')
      return true
    })
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} />)
    await userEvent.click(chip())
    await waitFor(() => expect(screen.getByRole('log').textContent).toBe('ETag copied'))
    expect(selected).toEqual([storedResult.etag])
    expect(document.activeElement).toBe(chip())
    expect(document.querySelector('textarea')).toBeNull()
  })

  it('copies without the clipboard API in a modal dialog, outside of which nothing can be selected', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    const copied = vi.spyOn(document, 'execCommand').mockImplementation(() => document.activeElement instanceof HTMLTextAreaElement)
    const dialog = document.body.appendChild(document.createElement('dialog'))
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} />, { container: dialog })
    dialog.showModal()
    await userEvent.click(chip())
    await waitFor(() => expect(copied).toHaveReturnedWith(true))
    expect(document.activeElement).toBe(chip())
    dialog.remove()
  })

  it.each(elsewhere)('copies without the clipboard API in %s', async (place) => {
    const container = containerIn(place)
    const page = container.ownerDocument
    const { navigator } = page.defaultView ?? window
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    const copied = vi.spyOn(page, 'execCommand').mockImplementation(() => focusedNear(container)?.matches('.cd-root textarea') === true)
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} />, { container })
    const chipThere = within(container).getByRole('button', { name: /ETag/u })
    act(() => chipThere.click())
    await waitFor(() => expect(copied).toHaveReturnedWith(true))
    expect(focusedNear(container)).toBe(chipThere)
  })

  it('asks the window that it is in: browsers let no other one copy', async () => {
    const container = containerIn('another window')
    const there = container.ownerDocument.defaultView ?? window
    const here = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not focused'))
    const write = vi.spyOn(there.navigator.clipboard, 'writeText').mockResolvedValue()
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} />, { container })
    act(() => within(container).getByRole('button', { name: /ETag/u }).click())
    await waitFor(() => expect(write).toHaveBeenCalledWith(storedResult.etag))
    expect(here).not.toHaveBeenCalled()
  })

  it('says what to do when the browser refuses', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    vi.spyOn(document, 'execCommand').mockReturnValue(false)
    render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')] })} />)
    await userEvent.click(chip())
    await waitFor(() => expect(screen.getByRole('log').textContent).toMatch(/copy it by hand/u))
    expect(chip().dataset['state']).toBeUndefined()
  })

  it.each([
    ['is cleared by the app', 'choose files'],
    ['is tried again by the app', 'Cancel b.png'],
  ])('hands its focus on where its row %s', async (how, heir) => {
    const uploader = createStagedUploader({ items: [stored('a.png'), failed('b.png')] })
    render(<CosUploader uploader={uploader} />)
    const [a = '', b = ''] = uploader.getSnapshot().ids
    await userEvent.click(screen.getByRole('button', { name: 'Show details of b.png' }))
    const copy = how.startsWith('is cleared') ? chip() : screen.getByRole('button', { name: 'Copy Error' })
    act(() => copy.focus())
    await act(async () => (copy === chip() ? uploader.remove(a) : uploader.stage(b, sending(0))))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: heir }))
  })
})
