// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import { ignore, ofSize, stubXhr, type SimulatedXhr } from '../testing/simulated-xhr.ts'
import { createXhrTransport } from './xhr-transport.ts'

afterEach(() => {
  for (const xhr of sent) xhr.abort()
  vi.unstubAllGlobals()
})

let sent: SimulatedXhr[] = []

/** So many files on their way, each by an uploader of its own, and the codes that they ended with. */
function send(files: number) {
  sent = []
  stubXhr((xhr) => sent.push(xhr))
  const clock = createManualClock()
  const codes: (string | null)[] = Array.from({ length: files }, () => null)
  for (const at of codes.keys()) {
    createXhrTransport({ clock, readFirst: false })(ofSize(100), ignore).then(
      () => (codes[at] = 'stored'),
      ({ code }: { readonly code: string }) => (codes[at] = code),
    )
  }
  const pass = async (seconds: number, moving: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      for (const xhr of sent.slice(0, moving)) xhr.upload.onprogress?.({ loaded: 2, total: 200, timeStamp: 0 })
      await clock.advance(1_000)
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { codes, pass }
}

test('a file that waits for one of the six connections to storage is not given up, whichever uploaders have them', async () => {
  const { codes, pass } = send(7)
  await pass(90, 6)
  expect(codes).toEqual(Array(7).fill(null))
  const first = sent.shift()
  if (first) first.status = 204
  first?.onloadend({ timeStamp: 0 })
  await pass(29, 5)
  expect(codes.slice(1)).toEqual(Array(6).fill(null))
  await pass(3, 5)
  expect(codes).toEqual(['stored', null, null, null, null, null, 'stalled'])
})

test('a file that nothing goes out of, where there are connections left, is given up', async () => {
  const { codes, pass } = send(6)
  await pass(32, 5)
  expect(codes).toEqual([null, null, null, null, null, 'stalled'])
})

test('a line that is dead for all is told to all, those that wait for a connection as well', async () => {
  const { codes, pass } = send(8)
  await pass(1, 6)
  await pass(32, 0)
  expect(codes).toEqual([...Array(6).fill('stalled'), null, null])
  await pass(32, 0)
  expect(codes).toEqual(Array(8).fill('stalled'))
})
