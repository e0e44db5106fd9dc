import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { LeapingClock } from '../testing/manual-clock.ts'
import { lockFolder } from './folder-lock.ts'

const { platform } = process
const folders: string[] = []
afterEach(async () => {
  Object.defineProperty(process, 'platform', { value: platform })
  await Promise.all(folders.splice(0).map((path) => rm(path, { recursive: true })))
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'cosdrop-lock-'))
  folders.push(path)
  return path
}

// Whether the lock is a file that a killed process leaves behind is a matter of the system.
describe.skipIf(platform === 'win32').each([platform, 'darwin'])('a folder that one process has to itself, on %s', (name) => {
  it('is free again when that process was killed', async () => {
    const path = await folder()
    Object.defineProperty(process, 'platform', { value: name })
    const killed = `
      import { lockFolder } from './folder-lock.ts'
      Object.defineProperty(process, 'platform', { value: '${name}' })
      await lockFolder(process.argv[1], { now: Date.now })
      process.kill(process.pid, 'SIGKILL')`
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', killed, path], { cwd: import.meta.dirname })
    expect([child.signal, String(child.stderr)]).toEqual(['SIGKILL', ''])
    const release = await lockFolder(path, new LeapingClock())
    expect(release).not.toBe(null)
    await release?.()
  })

  it('is refused to others while it is kept, and no longer', async () => {
    const path = await folder()
    Object.defineProperty(process, 'platform', { value: name })
    const release = await lockFolder(path, new LeapingClock())
    const clock = new LeapingClock()
    expect(await lockFolder(join(path, '..', path.slice(path.lastIndexOf('/') + 1), '.'), clock)).toBe(null)
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBe(3000)
    await release?.()
    const again = await lockFolder(path, clock)
    expect(again).not.toBe(null)
    await again?.()
  })
})
