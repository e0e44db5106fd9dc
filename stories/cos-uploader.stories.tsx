import { CosUpload, CosUploader } from '@cosdrop/react-ui'
import { useState } from 'react'
import { expect, userEvent, waitFor } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { choose } from './lib/choose.ts'
import { slowStorageUploader } from './lib/slow-storage.ts'
import { imagesAndPdf } from './lib/staged-widget.tsx'

function DropIn() {
  const [uploader] = useState(slowStorageUploader)
  return <CosUploader uploader={uploader} restrictions={imagesAndPdf} />
}

function OwnLayout() {
  const [uploader] = useState(slowStorageUploader)
  return (
    <CosUploader uploader={uploader} restrictions={imagesAndPdf}>
      <CosUpload.Trigger>Add pictures</CosUpload.Trigger>
      <CosUpload.HiddenInput />
      <CosUpload.List>
        {(id) => (
          <CosUpload.Item id={id}>
            <CosUpload.ItemPreview />
            <CosUpload.ItemName />
            <div>
              <CosUpload.ItemStatus />
              <CosUpload.ItemRemoveTrigger />
              <CosUpload.ItemCancelTrigger />
            </div>
          </CosUpload.Item>
        )}
      </CosUpload.List>
      <CosUpload.ClearTrigger />
    </CosUploader>
  )
}

const meta = preview.meta({ title: 'CosUploader', component: CosUploader, args: { policy: '/api/policy' } })

/** Choose or drop a file and watch it: nothing leaves the page. */
export const Default = meta.story({
  render: () => <DropIn />,
  play: async ({ canvas, canvasElement }) => {
    await choose(
      canvasElement,
      new File(['a picture'], 'harbour.png', { type: 'image/png' }),
      new File(['a contract'], 'contract.pdf', { type: 'application/pdf' }),
    )
    await waitFor(() => expect(canvas.getAllByText('Stored')).toHaveLength(2), { timeout: 5000 })
    await expect(canvas.getByText('2 of 2')).toBeVisible()
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('2 files stored.'))
  },
})

/** The same widget from its parts, in another order and with other words. */
export const FromParts = meta.story({
  render: () => <OwnLayout />,
  play: async ({ canvas, canvasElement }) => {
    await choose(canvasElement, new File(['a picture'], 'harbour.png', { type: 'image/png' }))
    await waitFor(() => expect(canvas.getByText('Stored')).toBeVisible(), { timeout: 5000 })
    await userEvent.click(canvas.getByRole('button', { name: 'Remove harbour.png from the list' }))
    await expect(canvas.getByRole('button', { name: 'Add pictures' })).toHaveFocus()
  },
})
