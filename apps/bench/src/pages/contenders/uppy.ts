import Uppy from '@uppy/core'
import XHRUpload from '@uppy/xhr-upload'
import type { Contender } from '../contender.ts'

export const uppy: Contender = async (files, { url, policy, concurrency }) => {
  const fields = policy.posts[0]?.fields ?? {}
  const instance = new Uppy({ meta: { ...fields } }).use(XHRUpload, {
    endpoint: url,
    limit: concurrency,
    allowedMetaFields: Object.keys(fields),
    // Without this a 204 counts as a failure.
    getResponseData: () => ({}),
  })
  instance.addFiles(files.map((file) => ({ name: file.name, type: file.type, data: file })))
  const result = await instance.upload()
  instance.destroy()
  if (result?.successful?.length !== files.length) throw new Error('Uppy did not upload every file.')
}
