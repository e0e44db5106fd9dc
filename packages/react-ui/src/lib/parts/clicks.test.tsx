// @vitest-environment jsdom
import { createUploader } from '@cosdrop/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { CosUpload, CosUploader } from '../../index.ts'

afterEach(cleanup)
const newUploader = () => createUploader({ policy: () => new Promise(() => {}), autoUpload: false })
const clicksOnInput = (container: Element) => {
  const clicked = vi.fn<() => void>()
  container.querySelector('input')!.addEventListener('click', clicked)
  return clicked
}

it('a click on a link in a drop zone of one’s own opens no file dialog', () => {
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone>
        <a href="#terms">Terms</a>
      </CosUpload.Dropzone>
    </CosUploader>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByText('Terms'))
  expect(clicked).not.toHaveBeenCalled()
})

it('a drop zone that is handed a handler still opens', () => {
  const theirs = vi.fn<() => void>()
  const { container } = render(
    <CosUploader uploader={newUploader()}>
      <CosUpload.Dropzone onClick={theirs} data-testid="zone" />
    </CosUploader>,
  )
  const clicked = clicksOnInput(container)
  fireEvent.click(screen.getByTestId('zone'))
  expect(theirs).toHaveBeenCalledTimes(1)
  expect(clicked).toHaveBeenCalledTimes(1)
})

it('a clear trigger that is handed a handler still clears', async () => {
  const uploader = newUploader()
  uploader.add([new File(['x'], 'a')])
  uploader.cancel()
  render(
    <CosUploader uploader={uploader}>
      <CosUpload.ClearTrigger onClick={() => {}}>Clear</CosUpload.ClearTrigger>
    </CosUploader>,
  )
  fireEvent.click(screen.getByText('Clear'))
  expect(uploader.getSnapshot().ids).toEqual([])
})
