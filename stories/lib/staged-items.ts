import { CosUploadError, type UploadResult } from '@cosdrop/core'
import type { StagedItem } from '../../packages/react-ui/src/lib/testing/staged-uploader.ts'
import { picture } from './picture.ts'

export const KB = 1024
export const MB = 1024 * KB
export const GB = 1024 * MB

export function resultFor(key: string, change: Partial<UploadResult> = {}): UploadResult {
  return {
    bucket: 'examplebucket-1250000000',
    key,
    location: `https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/${encodeURI(key)}`,
    etag: '"9b2cf535f27731c974343645a3985328"',
    versionId: 'MTg0NDY3NDI1OTQ4MDk0OTI3MDc1Nw',
    crc64: '14580938234906722291',
    integrity: 'verified',
    encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
    requestId: 'NWQxNzNkNjVfYjMyZDRlMGFfNmM5Yl8xMDNkZTIx',
    status: 204,
    via: 'xhr',
    diagnostics: [],
    ...change,
  }
}

/** A row that is being sent. @param fraction of its bytes that are out */
export function sending(name: string, size: number, fraction: number, speed: number, file?: Blob): StagedItem {
  const state = {
    status: 'uploading',
    attempt: 1,
    phase: 'sending',
    speed,
    progress: { kind: 'bytes', sent: Math.floor(size * fraction), total: size },
  } as const
  return file === undefined ? { name, size, state } : { name, size, file, state }
}

export const sentAndWaiting: StagedItem = {
  name: 'keynote-rehearsal.mp4',
  size: 2.1 * GB,
  state: {
    status: 'uploading',
    attempt: 1,
    phase: 'waiting',
    speed: 40 * MB,
    progress: { kind: 'bytes', sent: Math.floor(2.09 * GB), total: 2.1 * GB },
  },
}

export const busyStorage: CosUploadError<'service'> = new CosUploadError('service', 'Storage asked to slow down (503 SlowDown).', {
  status: 503,
  problem: 'busy',
  serviceCode: 'SlowDown',
  serviceMessage: 'Reduce your request rate.',
  requestId: 'NWQxNzNkNjVfYjMyZDRlMGFfNmM5Yl8xMDNkZTIy',
  traceId: 'OGVmYzZiMmQzYjA2OWNhODk0NTRkMTBiOWVmMDAx',
  resource: 'examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/u/42/site-survey-2026.pdf',
  retryAfter: null,
})

/** Waits for its next attempt, in so many seconds from now. */
export function retrying(seconds: number): StagedItem {
  return {
    name: 'site-survey-2026.pdf',
    size: 4.4 * MB,
    state: { status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: performance.now() + seconds * 1000, error: busyStorage },
  }
}

export const waiting: StagedItem = { name: 'archive-0423.zip', size: 96 * MB, state: { status: 'queued' } }

export const storedAndVerified: StagedItem = {
  name: 'harbour-at-dawn.png',
  size: 6.2 * MB,
  file: picture(1),
  state: { status: 'success', result: resultFor('u/42/harbour-at-dawn.png') },
}

export const storedUnversioned: StagedItem = {
  name: 'contract-signed.pdf',
  size: 812 * KB,
  state: {
    status: 'success',
    result: resultFor('u/42/contract-signed.pdf', {
      etag: '"d41d8cd98f00b204e9800998ecf8427e"',
      versionId: null,
      integrity: 'unavailable',
      encryption: null,
    }),
  },
}

export const tooLarge: StagedItem = {
  name: 'floor-plan.pdf',
  size: 31 * MB,
  state: {
    status: 'error',
    attempt: 1,
    error: new CosUploadError('policy-mismatch', 'The file has 32505856 bytes; the policy allows 0 to 20971520.', {
      field: 'content-length-range',
      condition: '["content-length-range", 0, 20971520]',
      expected: `0 to ${20 * MB} bytes`,
      actual: String(31 * MB),
    }),
  },
}

export const corsRefused: StagedItem = {
  name: 'scan_0007.tiff',
  size: 8.8 * MB,
  state: {
    status: 'error',
    attempt: 3,
    error: new CosUploadError('network', 'The request to the bucket ended with status 0; a probe says that CORS refuses it.', {
      probe: 'cors',
      url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
    }),
  },
}

export const outcomeUnknown: StagedItem = {
  name: 'interview-take-3.wav',
  size: 412 * MB,
  state: {
    status: 'error',
    attempt: 1,
    error: new CosUploadError('outcome-unknown', 'The connection ended after the whole file was sent.', {
      probe: null,
      url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
      key: 'u/42/interview-take-3.wav',
    }),
  },
}

export const refusedByStorage: StagedItem = {
  name: 'minutes.docx',
  size: 88 * KB,
  state: {
    status: 'error',
    attempt: 1,
    error: new CosUploadError('service', '403 SignatureDoesNotMatch', {
      status: 403,
      problem: 'signature',
      serviceCode: 'SignatureDoesNotMatch',
      serviceMessage: 'The Signature you specified is invalid.',
      requestId: 'NWQxNzNkNjVfYjMyZDRlMGFfNmM5Yl8xMDNkZTIz',
      traceId: 'OGVmYzZiMmQzYjA2OWNhODk0NTRkMTBiOWVmMDAy',
      resource: 'examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/u/42/minutes.docx',
      retryAfter: null,
    }),
  },
}
