import { refusal } from '../policy/refusal.ts'
import type { Wait } from '../client/wait.ts'
import type { StorePort } from './store-port.ts'

export interface RunOnceOptions {
  readonly store: StorePort
  /** Names the work: the same name is done once. */
  readonly name: string
  /** How long the store remembers that it was done. */
  readonly keepSeconds: number
  readonly wait: Wait
}

/** A server that stops in the middle holds the work up for so long; a running one renews its claim. */
const LEASE = 60
const POLL = 100
const LONGEST_WAIT = 10_000

/** Renews the claim until the work has settled. */
async function keepClaim(work: Promise<void>, renew: () => Promise<unknown>, wait: Wait): Promise<void> {
  const settled = new AbortController()
  const watched = work.finally(() => settled.abort())
  const renewing = (async (): Promise<void> => {
    for (;;) {
      await wait((LEASE * 1000) / 3, settled.signal)
      if (settled.signal.aborted) return
      // The store may be away for a moment: another is due before the claim ends.
      await renew().catch(() => {})
    }
  })()
  // A claim that cannot be renewed is no reason to give up work that is under way.
  await Promise.all([watched, renewing.catch(() => watched)])
}

/**
 * Runs the work once for all servers that share the store. Who comes while another runs it waits for the outcome, so that "done" is never
 * said too early. When the work throws, the claim is given back and the next one may try.
 * @returns whether it ran here
 * @throws {CosServerError} `refused`: `confirm-busy` when another server did not come to an end in time
 */
export async function runOnce({ store, name, keepSeconds, wait }: RunOnceOptions, work: () => Promise<void>): Promise<boolean> {
  const claim = `running ${crypto.randomUUID()}`
  /** Written once more when the store was away for a moment: a claim that stays holds up who asks again, and after it the work is done again. */
  const end = (next: string | null, seconds: number): Promise<unknown> => {
    const write = (): Promise<boolean> => store.swap(name, claim, next, seconds)
    return write().catch(() => wait(POLL).then(write))
  }
  for (let waited = 0; waited <= LONGEST_WAIT; waited += POLL) {
    if (await store.swap(name, null, claim, LEASE)) {
      try {
        await keepClaim(work(), () => store.swap(name, claim, claim, LEASE), wait)
      } catch (error) {
        await end(null, LEASE)
        throw error
      }
      await end('done', keepSeconds)
      return true
    }
    if ((await store.read(name)) === 'done') return false
    await wait(POLL)
  }
  throw refusal('confirm-busy', 'This upload is being confirmed by another request. Ask again in a moment.', { status: 503, retryAfter: 1 })
}
