import { UploaderProvider, useDropzone, useUploadIds, useUploadItem, useUploadTotals } from '@cosdrop/react'
import { useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { choose } from './lib/choose.ts'
import { slowStorageUploader } from './lib/slow-storage.ts'

function Row({ id }: { readonly id: string }) {
  const item = useUploadItem(id)
  return item === undefined ? null : (
    <li>
      {item.name}: {item.status}
    </li>
  )
}

function List() {
  return (
    <ul>
      {useUploadIds().map((id) => (
        <Row key={id} id={id} />
      ))}
    </ul>
  )
}

function Sum() {
  const { succeeded, files } = useUploadTotals()
  return (
    <p>
      {succeeded} of {files} stored
    </p>
  )
}

/** An interface of one's own: each row rerenders with its own file, the sum with the totals, the page with neither. */
function OwnInterface() {
  const [uploader] = useState(slowStorageUploader)
  const { getRootProps, getInputProps, getTriggerProps, isDragActive } = useDropzone(uploader)
  return (
    <UploaderProvider value={uploader}>
      <div {...getRootProps({ style: { padding: 24, outline: isDragActive ? '2px solid' : '1px solid' } })}>
        <input {...getInputProps({ 'aria-label': 'Files' })} />
        <button {...getTriggerProps()}>Choose files</button>
        <List />
        <Sum />
      </div>
    </UploaderProvider>
  )
}

const meta = preview.meta({ title: 'Hooks', component: OwnInterface })

export const OwnLook = meta.story({
  play: async ({ canvas, canvasElement }) => {
    await choose(canvasElement, new File(['a'], 'a.png', { type: 'image/png' }), new File(['b'], 'b.png', { type: 'image/png' }))
    await waitFor(() => expect(canvas.getByText('2 of 2 stored')).toBeVisible(), { timeout: 5000 })
    await expect(canvas.getByText('a.png: success')).toBeVisible()
  },
})
