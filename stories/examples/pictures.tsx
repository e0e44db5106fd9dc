import { CosUpload, CosUploader, type CosUploaderProps } from '@cosdrop/react-ui'
import '@cosdrop/react-ui/styles.css'

/** `<Pictures policy="/api/policy" />`: the widget from its parts. */
export function Pictures(props: CosUploaderProps) {
  return (
    <CosUploader {...props}>
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
