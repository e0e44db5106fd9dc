import '../../styles.css'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { CosUpload, CosUploader } from '../../index.ts'
import { failed, queued, sending } from '../testing/staged-items.ts'
import { createStagedUploader } from '../testing/staged-uploader.ts'

afterEach(cleanup)

test('an app’s gallery of a hundred cards shows those to which it is scrolled', async () => {
  const items = Array.from({ length: 100 }, (_, index) => queued(`picture-${index}.png`))
  render(
    <CosUploader uploader={createStagedUploader({ items })}>
      <CosUpload.List style={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)' }} />
    </CosUploader>,
  )
  const scroller = document.querySelector('.cd-scroller')!
  const box = scroller.getBoundingClientRect()
  const seen = () =>
    screen.getAllByRole('listitem').filter((card) => {
      const { top, bottom } = card.getBoundingClientRect()
      return bottom > box.top && top < box.bottom
    })
  const length = scroller.scrollHeight
  for (const part of [0.3, 0.6, 1]) {
    await act(async () => {
      scroller.scrollTop = part * length
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    })
    expect(seen().length).toBeGreaterThan(12)
    expect(scroller.scrollHeight).toBe(length)
  }
  expect(screen.getAllByRole('listitem').at(-1)?.textContent).toContain('picture-99.png')
})

test.each(['flex', 'block', 'grid'])('the bar of a row that an app puts together crosses none of its words (%s)', (display) => {
  render(
    <CosUploader uploader={createStagedUploader({ items: [{ ...queued('photo.png'), state: sending(400) }] })}>
      <CosUpload.List>
        {(id) => (
          <CosUpload.Item id={id} style={display === 'flex' ? undefined : { display, gridTemplateColumns: 'auto auto' }}>
            <CosUpload.ItemPreview /> <CosUpload.ItemName /> <CosUpload.ItemStatus /> <CosUpload.ItemProgress /> <CosUpload.ItemCancelTrigger />
          </CosUpload.Item>
        )}
      </CosUpload.List>
    </CosUploader>,
  )
  const bar = screen.getByRole('progressbar', { name: /photo/u }).getBoundingClientRect()
  expect(bar.width).toBeGreaterThan(100)
  expect(bar.height).toBe(3)
  for (const part of document.querySelectorAll('.cd-item-name, .cd-item-status, .cd-item-preview, .cd-icon-button')) {
    const { top, bottom } = part.getBoundingClientRect()
    expect(bar.top >= bottom || bar.bottom <= top, part.className).toBe(true)
  }
})

test.each([160, 220])('a card that an app puts together says why it waits, and when it is tried again, within %d px of its own', (inlineSize) => {
  const { state } = failed('a')
  if (state.status !== 'error') throw new Error('It has not failed.')
  const retrying = { ...state, status: 'retrying', maxAttempts: 5, retryAt: performance.now() + 60_000 } as const
  render(
    <CosUploader
      uploader={createStagedUploader({ items: [{ ...queued('photo.png'), state: retrying }] })}
      style={{ inlineSize: 800, maxInlineSize: 'none' }}
    >
      <CosUpload.List style={{ display: 'grid', gridTemplateColumns: `${inlineSize}px` }}>
        {(id) => (
          <CosUpload.Item id={id}>
            <CosUpload.ItemPreview /> <CosUpload.ItemName /> <CosUpload.ItemStatus />
          </CosUpload.Item>
        )}
      </CosUpload.List>
    </CosUploader>,
  )
  const card = screen.getByRole('listitem').getBoundingClientRect()
  const words = [...document.querySelectorAll('.cd-word')]
  expect(words.map((word) => word.textContent)).toEqual(['Connection stalled', 'Next try in 1 min'])
  for (const word of words) {
    expect(word.scrollWidth, word.textContent).toBeLessThanOrEqual(word.clientWidth)
    expect(word.getBoundingClientRect().right, word.textContent).toBeLessThanOrEqual(card.right)
  }
})
