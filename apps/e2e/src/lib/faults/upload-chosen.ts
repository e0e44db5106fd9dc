import { createHttpPolicySource, createUploader, isSettled, type PolicySource, type UploaderOptions, type UploadItem } from '@cosdrop/core'

export interface ChosenUpload {
  readonly name: string
  readonly size: number
  readonly status: UploadItem['status']
  readonly code: string | null
  readonly message: string | null
  readonly key: string | null
  readonly etag: string | null
  readonly integrity: string | null
}

function describe(item: UploadItem): ChosenUpload {
  const { name, size, status } = item
  const result = status === 'success' ? item.result : null
  const error = status === 'error' ? item.error : null
  const { key = null, etag = null, integrity = null } = result ?? {}
  return { name, size, status, code: error?.code ?? null, message: error?.message ?? null, key, etag, integrity }
}

/** For an app that names objects by itself, and never tells its server how the visitor's files are called. */
export function withoutNames(url: string): PolicySource {
  const ask = createHttpPolicySource(url)
  return ({ files, ...rest }, options) => ask({ ...rest, files: files.map((file) => ({ ...file, name: 'file' })) }, options)
}

/** Uploads files one after the other and tells what the engine said of each. @param onSent told when this item has sent some bytes */
export async function uploadChosen(
  files: readonly File[],
  options: Pick<UploaderOptions, 'policy' | 'transport' | 'retry'>,
  onSent: (name: string) => void = () => {},
): Promise<readonly ChosenUpload[]> {
  const uploader = createUploader({ ...options, concurrency: 1 })
  uploader.onEvent((event) => {
    if (event.type === 'upload-progressed' && !isSettled(event.item)) onSent(event.item.name)
  })
  const items = await uploader.upload(files)
  uploader.destroy()
  return items.map(describe)
}
