import type { Uploader } from '@cosdrop/core'
import { UploaderProvider, useDropzone, useUploadIds, useUploadItem, useUploadTotals } from '@cosdrop/react'

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

/**
 * An interface of one's own: each row rerenders with its own file, the sum with the totals, the page with neither.
 * @param props `uploader`: of `useUploader({ policy: '/api/policy' })`
 */
export function OwnInterface({ uploader }: { readonly uploader: Uploader }) {
  const { getRootProps, getInputProps, getTriggerProps, isDragActive } = useDropzone(uploader)
  return (
    <UploaderProvider value={uploader}>
      <div {...getRootProps({ style: { padding: 24, outline: isDragActive ? '2px solid' : '1px solid' } })}>
        <input {...getInputProps({ tabIndex: -1, 'aria-hidden': true })} />
        <button {...getTriggerProps()}>Choose files</button>
        <List />
        <Sum />
      </div>
    </UploaderProvider>
  )
}
