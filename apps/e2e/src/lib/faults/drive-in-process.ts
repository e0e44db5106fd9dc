import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Drive, DriveReport } from './drive-uploads.ts'

/** `driveUploads` in a Node process that does nothing else. */
export async function driveInProcess(drive: Drive): Promise<DriveReport> {
  const child = fork(fileURLToPath(new URL('./drive-process.ts', import.meta.url)))
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The process ended with ${code} before it could report.`)))
  child.send(drive)
  const [report]: DriveReport[] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  if (report === undefined) throw new Error('The process reported nothing.')
  return report
}
