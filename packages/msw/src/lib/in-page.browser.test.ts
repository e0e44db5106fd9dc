import { createEmulator } from '@cosdrop/emulator'
import { FetchInterceptor } from '@mswjs/interceptors/fetch'
import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest'
import { defineNetwork, InterceptorSource } from 'msw/experimental'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformanceCases } from '../../../emulator/src/lib/conformance/all-cases.ts'
import { NOW, type ConformanceCase } from '../../../emulator/src/lib/conformance/conformance-case.ts'
import { fetchTarget } from '../../../emulator/src/lib/conformance/fetch-target.ts'
import { problemsOf } from '../../../emulator/src/lib/conformance/run-case.ts'
import { LeapingClock } from '../../../emulator/src/lib/testing/manual-clock.ts'
import { bucketOrigin, signedForm } from '../../../emulator/src/lib/testing/signed-request.ts'
import { cosHandlers } from './cos-handlers.ts'

const network = defineNetwork({
  sources: [new InterceptorSource({ interceptors: [new FetchInterceptor(), new XMLHttpRequestInterceptor()] })],
  onUnhandledFrame: 'bypass',
  context: { quiet: true },
})
beforeAll(() => network.enable())
afterAll(() => network.disable())

// The fetch standard's forbidden header names, as far as the cases use them: a page cannot send these.
const FORBIDDEN = /^(?:connection|content-length|date|expect|host|origin|transfer-encoding|access-control-request-.*)$/i

/** Whether a page could send all requests of a case. */
function isForPages({ steps }: ConformanceCase): boolean {
  return steps.every(({ request }) => {
    if (request.declaredLength !== undefined || request.method === 'OPTIONS') return false
    // A page's fetch follows no 303 to a place that is not there.
    return !Object.keys(request.headers).some((name) => FORBIDDEN.test(name))
  })
}

/** `fetch` would follow it, and the place is not there. */
function redirects({ steps }: ConformanceCase): boolean {
  return steps.some(({ expect: expected }) => expected.status === 303)
}

const forPages = Object.entries(conformanceCases).map(([topic, cases]) => [topic, cases.filter((one) => isForPages(one) && !redirects(one))] as const)

for (const [topic, cases] of forPages.filter(([, some]) => some.length > 0)) {
  describe(`${topic}, by MSW in a page`, () => {
    it.each(cases)('$name', async (one) => {
      const emulator = createEmulator({ clock: new LeapingClock(NOW), ...(one.config && { config: one.config }) })
      network.use(...cosHandlers({ emulator, baseUrls: one.steps.map(({ request }) => `http://${request.host}`) }))
      expect(
        await problemsOf(
          fetchTarget((request) => fetch(request), emulator.service.storage),
          one,
        ),
      ).toEqual([])
    })
  })
}

it('runs most of the list', () => {
  const all = Object.values(conformanceCases).flat().length
  expect(forPages.flatMap(([, cases]) => cases).length / all).toBeGreaterThan(0.8)
})

it("keeps XMLHttpRequest's upload events, unlike a service worker", async () => {
  const emulator = createEmulator()
  network.use(...cosHandlers({ emulator }))
  const file = new Blob([new Uint8Array(4_000_000)])
  const events: string[] = []
  const request = new XMLHttpRequest()
  const ended = new Promise((resolve) => request.addEventListener('loadend', resolve))
  for (const name of ['loadstart', 'progress', 'load', 'loadend']) request.upload.addEventListener(name, () => events.push(name))
  request.open('POST', `${bucketOrigin}/`)
  request.send(signedForm({ key: 'large.bin', file }))
  await ended
  expect([request.status, request.getResponseHeader('etag')]).toEqual([204, expect.stringMatching(/^"[\da-f]{32}"$/)])
  expect(new Set(events)).toEqual(new Set(['loadstart', 'progress', 'load', 'loadend']))
  expect(emulator.service.storage.versionsOf('examplebucket-1250000000', 'large.bin')).toMatchObject([{ size: 4_000_000 }])
})

it('shows a cut connection as a network error', async () => {
  network.use(...cosHandlers({ config: { faults: [{ kind: 'drop', afterBytes: 1000 }] } }))
  const body = signedForm({ key: 'a', file: new Blob([new Uint8Array(100_000)]) })
  await expect(fetch(`${bucketOrigin}/`, { method: 'POST', body })).rejects.toThrow(TypeError)
})
