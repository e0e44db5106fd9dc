import { createHash } from 'node:crypto'
import { realpath, rm, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmulatorClock } from '../exchange/emulator-clock.ts'

/** Tools that restart begin the new process while the old one ends. */
const PATIENCE_MS = 3000
const PAUSE_MS = 100

type Release = () => Promise<void>

/**
 * A local socket's address for the folder, however it is spelled. The system lets one process have it, and frees it however that process
 * ends; a file with a process id would stay behind a killed one, and in the next container that id is somebody else's.
 */
async function addressOf(folder: string): Promise<string> {
  const path = await realpath(folder)
  const { dev, ino } = await stat(path, { bigint: true })
  const name = `cosdrop-${createHash('sha256').update(`${dev} ${ino} ${path}`).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

/** `null`: somebody has it. */
function listen(address: string): Promise<Release | null> {
  return new Promise((resolve) => {
    const server = createServer((asking) => asking.destroy())
    // A system without such sockets is no reason to do without the folder.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' ? null : () => Promise.resolve()))
    server.listen({ path: address, exclusive: true }, () => resolve(() => new Promise((closed) => server.close(() => closed()))))
    server.unref()
  })
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'))
  })
}

async function take(address: string): Promise<Release | null> {
  const taken = await listen(address)
  if (taken !== null || !address.endsWith('.sock') || (await isAnswered(address))) return taken
  // Left behind by a process that was killed: only some systems have a file for it.
  await rm(address, { force: true })
  return listen(address)
}

/** Has the folder for this process alone, until it is released or the process ends. `null` when somebody else keeps it. */
export async function lockFolder(folder: string, clock: EmulatorClock): Promise<Release | null> {
  const address = await addressOf(folder)
  const end = clock.now() + PATIENCE_MS
  for (;;) {
    const release = await take(address)
    if (release !== null || clock.now() >= end) return release
    await clock.sleep(PAUSE_MS)
  }
}
