import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface EmulatorProcess {
  readonly url: string
  /** Bytes that the process holds in memory now. */
  readonly residentBytes: () => number
  /** The most that it ever held. */
  readonly peakBytes: () => number
  readonly close: () => Promise<void>
}

const COMMAND = fileURLToPath(new URL('../../../../packages/emulator/src/command.ts', import.meta.url))

function memory(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))
  return Number(line?.[1] ?? NaN) * 1024
}

/** The emulator's own command, storing to a directory that goes with it. */
export async function startEmulatorProcess(): Promise<EmulatorProcess> {
  const data = mkdtempSync(join(tmpdir(), 'cosdrop-bench-'))
  const child = spawn(process.execPath, [COMMAND, '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    const ready: unknown = JSON.parse(line)
    if (ready instanceof Object && 'url' in ready) url = String(ready.url)
    break
  }
  const pid = child.pid ?? 0
  return {
    url,
    residentBytes: () => memory(pid, 'VmRSS'),
    peakBytes: () => memory(pid, 'VmHWM'),
    close: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}
