import { expect, test } from 'vitest'
import { createUploader } from './create-uploader.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import { createScriptedTransport } from './testing/scripted-transport.ts'

test('an added file is signed for, sent and stored', async () => {
  const clock = createManualClock()
  const storage = createScriptedTransport()
  const policy = createScriptedPolicySource({ clock })
  const uploader = createUploader({ policy: policy.source, transport: storage.transport, clock, integrity: 'off' })
  const [id = ''] = uploader.add([new File(['hello'], 'a.txt')])
  expect(uploader.getItem(id)?.status).toBe('queued')
  await clock.advance(0)
  expect(uploader.getItem(id)).toMatchObject({ status: 'uploading', attempt: 1 })
  storage.last().progress(3)
  await clock.advance(16)
  expect(uploader.getItem(id)).toMatchObject({ status: 'uploading', progress: { sent: 3, total: 5 } })
  storage.last().succeed({ ETag: '"abc"', 'x-cos-version-id': 'v1' })
  await clock.advance(0)
  expect(uploader.getItem(id)).toMatchObject({ status: 'success', result: { key: 'uploads/1/a.txt', etag: '"abc"', versionId: 'v1' } })
  uploader.destroy()
  expect(clock.pending()).toBe(0)
})
