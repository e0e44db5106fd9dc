import { describe, expect, it } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { LeapingClock } from '../testing/manual-clock.ts'
import { conformanceCases } from './all-cases.ts'
import { NOW, type ConformanceCase } from './conformance-case.ts'
import { fetchTarget } from './fetch-target.ts'
import { problemsOf } from './run-case.ts'

// A page may not set these: https://fetch.spec.whatwg.org/#forbidden-request-header
const FORBIDDEN = new Set(['connection', 'content-length', 'date', 'expect', 'host', 'origin', 'transfer-encoding'])

function fitsBrowser({ steps }: ConformanceCase): boolean {
  return steps.every(
    ({ request }) => request.declaredLength === undefined && Object.keys(request.headers).every((name) => !FORBIDDEN.has(name.toLowerCase())),
  )
}

describe.each(Object.entries(conformanceCases))('%s, in a page', (_, cases) => {
  const fitting = cases.filter(fitsBrowser)
  it.runIf(fitting.length > 0).each(fitting)('$name', async (one) => {
    const emulator = createEmulator({ clock: new LeapingClock(NOW), ...(one.config && { config: one.config }) })
    const target = fetchTarget((request) => emulator.fetch(request), emulator.service.storage)
    expect(await problemsOf(target, one)).toEqual([])
  })
})

it('most cases run in a page', () => {
  const all = Object.values(conformanceCases).flat()
  expect(all.filter(fitsBrowser).length / all.length).toBeGreaterThan(0.9)
})
