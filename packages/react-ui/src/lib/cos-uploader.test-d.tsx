import { createUploader } from '@cosdrop/core'
import { CosUploader } from './cos-uploader.tsx'
import { en } from './messages/en.ts'

const uploader = createUploader({ policy: '/api/policy' })

export const fine = [
  <CosUploader key={1} policy="/api/policy" />,
  <CosUploader key={2} policy={async () => ({ serverTime: '', posts: [] })} onSuccess={(result, item) => `${item.name} ${result.key}`} />,
  <CosUploader key={3} uploader={uploader} restrictions={{ accept: 'image/*' }} />,
  <CosUploader key={4} policy="/api/policy" messages={{ ...en, dropFiles: { before: '', action: 'Add a file', after: '' } }} />,
]

// @ts-expect-error without a policy nothing could be signed
export const neither = <CosUploader />

// @ts-expect-error a ready uploader has its own policy: two would be one too many
export const both = <CosUploader policy="/api/policy" uploader={uploader} />

// @ts-expect-error every message has to be there
export const half = <CosUploader policy="/api/policy" messages={{ locale: 'fr' }} />
