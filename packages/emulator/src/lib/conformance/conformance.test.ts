import { afterAll, describe, expect, it } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { startEmulator } from '../server/start-emulator.ts'
import { LeapingClock } from '../testing/manual-clock.ts'
import { sendRaw } from '../testing/raw-http.ts'
import { conformanceCases } from './all-cases.ts'
import { NOW, type ConformanceCase, type ConformanceTarget } from './conformance-case.ts'
import { fetchTarget } from './fetch-target.ts'
import { problemsOf } from './run-case.ts'

const closing: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

function onFault(error: unknown): never {
  throw error
}

const targets: Readonly<Record<string, (one: ConformanceCase) => Promise<ConformanceTarget>>> = {
  'fetch(Request)': ({ config }) => {
    const emulator = createEmulator({ clock: new LeapingClock(NOW), onFault, ...(config && { config }) })
    return Promise.resolve(fetchTarget((request) => emulator.fetch(request), emulator.service.storage))
  },
  'the Node server, over a socket': async ({ config }) => {
    const running = await startEmulator({ clock: new LeapingClock(NOW), onFault, ...(config && { config }) })
    closing.push(() => running.close())
    return { storage: running.emulator.service.storage, send: (request) => sendRaw(running.port, request) }
  },
}

for (const [target, open] of Object.entries(targets)) {
  for (const [topic, cases] of Object.entries(conformanceCases)) {
    describe(`${topic}, by ${target}`, { timeout: 60_000 }, () => {
      it.each(cases)('$name', async (one) => expect(await problemsOf(await open(one), one)).toEqual([]))
    })
  }
}
