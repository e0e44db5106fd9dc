import type { Emulator } from '../emulator.ts'

/** Watches an emulator's requests, so that whoever closes it can wait until the last one has cleaned up after itself. */
export function trackInFlight(emulator: Emulator): { readonly tracked: Emulator; readonly settled: () => Promise<unknown> } {
  const inFlight = new Set<Promise<unknown>>()
  const handle: Emulator['handle'] = (request) => {
    const reply = emulator.handle(request)
    const forget = (): void => void inFlight.delete(reply)
    inFlight.add(reply)
    reply.then(forget, forget)
    return reply
  }
  return { tracked: { ...emulator, handle }, settled: () => Promise.allSettled(inFlight) }
}
