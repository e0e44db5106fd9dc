import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FaultyServicesUrls, ServerReport } from './service-messages.ts'

export interface FaultyServices extends FaultyServicesUrls {
  /** Ends all faults and tells what the servers have seen. */
  readonly report: () => Promise<ServerReport>
  readonly close: () => Promise<void>
}

/** @param seed of everything that goes wrong; 0 for nothing */
export async function startFaultyServices(seed: number): Promise<FaultyServices> {
  const child = fork(fileURLToPath(new URL('./faulty-services.ts', import.meta.url)), [String(seed)])
  const [urls]: FaultyServicesUrls[] = await once(child, 'message')
  if (urls === undefined) throw new Error('The services did not start.')
  return {
    ...urls,
    async report() {
      const answered = once(child, 'message')
      child.send('report')
      const [report]: ServerReport[] = await answered
      if (report === undefined) throw new Error('The services did not report.')
      return report
    },
    async close() {
      if (!child.connected) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
