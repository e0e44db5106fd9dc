import { createUploader, systemClock, type Uploader } from '@cosdrop/core'
import { createScriptedPolicySource, createScriptedTransport } from '@cosdrop/core/testing'
import { imagesAndPdf } from './staged-widget.tsx'

const headers = {
  ETag: '"9b2cf535f27731c974343645a3985328"',
  'x-cos-version-id': 'MTg0NDY3NDI1OTQ4MDk0OTI3MDc1Nw',
  'x-cos-hash-crc64ecma': '14580938234906722291',
  'x-cos-request-id': 'NWQxNzNkNjVfYjMyZDRlMGFfNmM5Yl8xMDNkZTIx',
}

/** The real engine over a storage in the page that takes half a second for each file. */
export function slowStorageUploader(): Uploader {
  const { source } = createScriptedPolicySource({ clock: systemClock })
  const { transport } = createScriptedTransport((request) => {
    const { size } = request.form.file
    for (let step = 1; step <= 10; step += 1) {
      systemClock.after(step * 50, () => {
        if (request.signal.aborted) return
        if (step < 10) request.progress(Math.floor((size * step) / 10))
        else request.succeed(headers)
      })
    }
  })
  return createUploader({ policy: source, transport, restrictions: imagesAndPdf, integrity: 'off' })
}
