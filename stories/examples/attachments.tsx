import { CosUploader } from '@cosdrop/react-ui'
import '@cosdrop/react-ui/styles.css'

export function Attachments() {
  return <CosUploader policy="/api/policy" restrictions={{ accept: 'image/*,.pdf', maxSize: 20 * 1024 ** 2, maxFiles: 50 }} />
}
