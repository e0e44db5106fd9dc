import type { CDPSession, Page } from 'playwright'

export interface HeapWatch {
  /** Bytes that the page's JavaScript holds after a collection, array buffers among them. */
  readonly alive: () => Promise<number>
  /** Ends the watch; the most that page and workers held at one time, collected or not. */
  readonly peak: () => Promise<number>
}

// backingStorageSize is newer than the types: what ArrayBuffers hold outside the heap.
function sum(usage: object): number {
  return ['usedSize', 'backingStorageSize'].reduce((total, name) => total + Number(Reflect.get(usage, name) ?? 0), 0)
}

/** What each worker of the page holds, asked for by `ask`. Playwright has no session for a worker; the protocol's older way has. */
async function watchWorkers(session: CDPSession): Promise<{ readonly ask: () => Promise<void>; readonly total: () => number }> {
  const held = new Map<string, number>()
  session.on('Target.attachedToTarget', ({ sessionId }) => void held.set(sessionId, 0))
  session.on('Target.detachedFromTarget', ({ sessionId }) => void held.delete(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const reply: unknown = JSON.parse(message)
    if (reply instanceof Object && 'result' in reply && reply.result instanceof Object) held.set(sessionId, sum(reply.result))
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const message = JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' })
  return {
    async ask() {
      // A worker that has just ended cannot be asked.
      for (const sessionId of held.keys()) await session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {})
    },
    total: () => [...held.values()].reduce((total, own) => total + own, 0),
  }
}

/** Looks at the heaps of a page and of its workers a few times a second. */
export async function watchHeap(page: Page): Promise<HeapWatch> {
  const session = await page.context().newCDPSession(page)
  const workers = await watchWorkers(session)
  const used = async (): Promise<number> => sum(await session.send('Runtime.getHeapUsage'))
  let most = await used()
  let looking = true
  const look = async (): Promise<void> => {
    while (looking) {
      await workers.ask()
      most = Math.max(most, (await used()) + workers.total())
      await page.waitForTimeout(200)
    }
  }
  const looked = look()
  return {
    async alive() {
      await session.send('HeapProfiler.collectGarbage')
      return used()
    },
    async peak() {
      looking = false
      await looked
      return most
    },
  }
}
