import { afterEach, expect, test, vi } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import { ignore, ofSize, stubXhr } from '../testing/simulated-xhr.ts'
import { isCosUploadError } from '../upload-error.ts'
import { createXhrTransport } from './xhr-transport.ts'

afterEach(() => vi.unstubAllGlobals())

test.each([
  { size: 64e6 - 1, sent: 0, silence: 0, code: 'outcome-unknown' },
  { size: 64e6, sent: 0, silence: 0, code: 'network' },
  { size: 100e6, sent: 40e6, silence: 10, code: 'outcome-unknown' },
  { size: 100e6, sent: 40e6, silence: 200, code: 'outcome-unknown' },
  { size: 100e6, sent: 40e6, silence: 201, code: 'network' },
  { size: 100e6, sent: 36e6, silence: 200, code: 'network' },
])(
  'in Firefox, $silence ms after $sent of $size bytes had gone, a connection that breaks is told as $code: what may be stored is not sent again',
  async (broken) => {
    vi.stubGlobal('InternalError', Error)
    const { size, sent, silence, code } = broken
    stubXhr((xhr) => {
      if (sent > 0) xhr.upload.onprogress?.({ loaded: sent + 500, total: size + 500, timeStamp: 1_000 })
      xhr.onloadend({ timeStamp: 1_000 + silence })
    })
    await expect(createXhrTransport()(ofSize(size), ignore)).rejects.toMatchObject({
      code,
      // Not: "The file was sent".
      details: code === 'outcome-unknown' ? { sentUnknown: true } : { probe: null },
    })
  },
)

test.each([
  [11, true],
  [10, false],
])(
  'of a connection that broke %i ms after the last progress it is told that all of the file may be out, as over HTTP/2: %s',
  async (silence, sentUnknown) => {
    stubXhr((xhr) => {
      xhr.upload.onprogress?.({ loaded: 3e6, total: 4e6 + 500, timeStamp: 1_000 })
      xhr.onloadend({ timeStamp: 1_000 + silence })
    })
    const error: unknown = await createXhrTransport()(ofSize(4e6), ignore).catch((cause: unknown) => cause)
    expect(isCosUploadError(error, 'network') && !!error.details.sentUnknown).toBe(sentUnknown)
  },
)

test('a large file of which all is out keeps its bar, and waits for its reply no longer than a small one', async () => {
  stubXhr((xhr) => xhr.upload.onprogress?.({ loaded: 64e6 + 500, total: 64e6 + 500, timeStamp: 0 }))
  const clock = createManualClock()
  const told: unknown[] = []
  let ended: unknown = null
  const transport = createXhrTransport({ clock, replyTimeout: 20_000 })
  transport(ofSize(64e6), { ...ignore, onProgress: (...progress) => told.push(progress) }).catch((error: unknown) => (ended = error))
  await clock.advance(22_000)
  await vi.waitFor(() => expect(ended).toMatchObject({ code: 'outcome-unknown' }))
  expect(told).toEqual([[64e6 - 1, 'waiting']])
})
