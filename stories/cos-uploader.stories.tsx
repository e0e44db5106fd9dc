import { createUploader } from '@cosdrop/core'
import { createScriptedPolicySource, createScriptedTransport } from '@cosdrop/core/testing'
import { systemClock } from '@cosdrop/core'
import { CosUpload, CosUploader } from '@cosdrop/react-ui'
import { useState } from 'react'
import { expect, userEvent, waitFor } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { imagesAndPdf } from './lib/staged-widget.tsx'

/** The real engine over a storage that takes half a second for each file. */
function newUploader() {
  const { source } = createScriptedPolicySource({ clock: systemClock })
  const { transport } = createScriptedTransport((request) => {
    const { size } = request.form.file
    for (let step = 1; step <= 10; step += 1) {
      systemClock.after(step * 50, () => {
        if (request.signal.aborted) return
        if (step < 10) request.progress(Math.floor((size * step) / 10))
        else
          request.succeed({
            ETag: '"9b2cf535f27731c974343645a3985328"',
            'x-cos-version-id': 'MTg0NDY3NDI1OTQ4MDk0OTI3MDc1Nw',
            'x-cos-hash-crc64ecma': '14580938234906722291',
            'x-cos-request-id': 'NWQxNzNkNjVfYjMyZDRl',
          })
      })
    }
  })
  return createUploader({ policy: source, transport, restrictions: imagesAndPdf, integrity: 'off' })
}

function DropIn() {
  const [uploader] = useState(newUploader)
  return <CosUploader uploader={uploader} restrictions={imagesAndPdf} />
}

function OwnLayout() {
  const [uploader] = useState(newUploader)
  return (
    <CosUploader uploader={uploader} restrictions={imagesAndPdf}>
      <CosUpload.Trigger>Add pictures</CosUpload.Trigger>
      <CosUpload.HiddenInput />
      <CosUpload.List>
        {(id) => (
          <CosUpload.Item id={id}>
            <CosUpload.ItemPreview />
            <CosUpload.ItemName />
            <CosUpload.ItemStatus />
            <CosUpload.ItemRemoveTrigger />
            <CosUpload.ItemCancelTrigger />
          </CosUpload.Item>
        )}
      </CosUpload.List>
      <CosUpload.ClearTrigger />
    </CosUploader>
  )
}

const meta = preview.meta({ title: 'CosUploader', component: CosUploader })

/** Choose or drop a file and watch it: nothing leaves the page. */
export const Default = meta.story({
  args: { policy: '/api/policy' },
  render: () => <DropIn />,
  play: async ({ canvas, canvasElement }) => {
    const input = canvasElement.querySelector<HTMLInputElement>('input[type=file]')
    if (input === null) throw new Error('There is no input.')
    await userEvent.upload(input, [
      new File(['a picture'], 'harbour.png', { type: 'image/png' }),
      new File(['a contract'], 'contract.pdf', { type: 'application/pdf' }),
    ])
    await waitFor(() => expect(canvas.getAllByText('Stored')).toHaveLength(2), { timeout: 5000 })
    await expect(canvas.getByText('2 of 2')).toBeVisible()
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('2 files stored.'))
  },
})

/** The same widget from its parts, in another order and with other words. */
export const FromParts = meta.story({
  args: { policy: '/api/policy' },
  render: () => <OwnLayout />,
  play: async ({ canvas, canvasElement }) => {
    const input = canvasElement.querySelector<HTMLInputElement>('input[type=file]')
    if (input === null) throw new Error('There is no input.')
    await userEvent.upload(input, new File(['a picture'], 'harbour.png', { type: 'image/png' }))
    await waitFor(() => expect(canvas.getByText('Stored')).toBeVisible(), { timeout: 5000 })
    await userEvent.click(canvas.getByRole('button', { name: 'Remove harbour.png from the list' }))
    await expect(canvas.getByRole('button', { name: 'Add pictures' })).toHaveFocus()
  },
})
