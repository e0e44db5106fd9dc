import type { UploadItem } from '@cosdrop/core'

/** What the engine said of one file, as JSON carries it. */
export interface SeenItem {
  readonly name: string
  readonly status: UploadItem['status']
  /** Of the error, as the next four. */
  readonly code: string | null
  readonly message: string | null
  readonly httpStatus: number | null
  readonly serviceCode: string | null
  /** Of the error or of the result. */
  readonly requestId: string | null
  /** Of the result, as those below. */
  readonly key: string | null
  readonly etag: string | null
  readonly versionId: string | null
  readonly integrity: string | null
}

export function seenItem(item: UploadItem): SeenItem {
  const result = item.status === 'success' ? item.result : null
  const error = item.status === 'error' ? item.error : null
  const service = error?.code === 'service' ? error.details : null
  return {
    name: item.name,
    status: item.status,
    code: error?.code ?? null,
    message: error?.message ?? null,
    httpStatus: service?.status ?? null,
    serviceCode: service?.serviceCode ?? null,
    requestId: result?.requestId ?? service?.requestId ?? null,
    key: result?.key ?? null,
    etag: result?.etag ?? null,
    versionId: result?.versionId ?? null,
    integrity: result?.integrity ?? null,
  }
}
