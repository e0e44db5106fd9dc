import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { DrivenBrowser } from './driven-browser.ts'

/** A test run that is broken off leaves nothing behind. */
export function endWithUs(child: ChildProcess): void {
  const kill = (): void => void child.kill()
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

/** The session of a browser that goes with it, or with the failure to open one. */
export async function drivenUntil(stop: () => Promise<void>, open: () => Promise<DrivenBrowser>): Promise<DrivenBrowser> {
  try {
    const session = await open()
    return {
      ...session,
      async close() {
        await session.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
