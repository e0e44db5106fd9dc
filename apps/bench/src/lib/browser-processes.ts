import { execFileSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import type { CDPSession } from 'playwright'

/** Fewer seconds of processor in a tenth of a second are no work. */
const idleSeconds = 0.01
const patienceMs = 5000

/**
 * Resolves when all of the browser's processes rest, or after five seconds. A new tab keeps them busy for half a second, most of it to make a
 * renderer for the tab after this one: no part of an upload.
 */
export async function browserRests(session: CDPSession): Promise<void> {
  const usedSeconds = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }
  const until = performance.now() + patienceMs
  let before = -Infinity
  let restedFor = 0
  while (restedFor < 2 && performance.now() < until) {
    await setTimeout(100)
    const used = await usedSeconds()
    restedFor = used - before < idleSeconds ? restedFor + 1 : 0
    before = used
  }
}

/**
 * Keeps Chromium's network service on one core, where the system can (Linux). Two of its threads hand an upload from the disk to each other in
 * pieces of 16 KB: from core to core that takes 1.2 to 3.5 s for 512 MB, as they happen to be placed, and 1.0 to 1.4 s on one.
 */
export async function keepNetworkOnOneCore(session: CDPSession): Promise<void> {
  if (process.platform !== 'linux') return
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  for (const { type, id } of processInfo) {
    if (type.includes('NetworkService')) execFileSync('taskset', ['--all-tasks', '--pid', '--cpu-list', '0', String(id)], { stdio: 'ignore' })
  }
}
