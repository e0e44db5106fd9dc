import { CosUploadError, type UploadResult, type UploadState } from '@cosdrop/core'
import type { StagedItem } from './staged-uploader.ts'

export const storedResult: UploadResult = {
  bucket: 'examplebucket-1250000000',
  key: 'u/42/harbour.png',
  location: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/u/42/harbour.png',
  etag: '"9b2cf535f27731c974343645a3985328"',
  versionId: 'MTg0NDY3NDI1OTQ4MDk0OTI3MDc1Nw',
  crc64: '14580938234906722291',
  integrity: 'verified',
  encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
  requestId: 'NWQxNzNkNjVfYjMyZDRlMGFfNmM5Yl8xMDNkZTIx',
  status: 204,
  via: 'xhr',
  diagnostics: [],
}

export const queued = (name: string): StagedItem => ({ name, size: 1000, state: { status: 'queued' } })
export const stored = (name: string): StagedItem => ({ name, size: 1000, state: { status: 'success', result: storedResult } })
export const failed = (name: string): StagedItem => ({
  name,
  size: 1000,
  state: { status: 'error', attempt: 1, error: new CosUploadError('stalled', 'Nothing was sent for 30 s.', { idleMs: 30_000, sent: 1 }) },
})

export const sending = (sent: number, total = 1000): UploadState => ({
  status: 'uploading',
  attempt: 1,
  phase: 'sending',
  speed: null,
  progress: { kind: 'bytes', sent, total },
})
