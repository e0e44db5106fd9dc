import { setTimeout } from 'node:timers/promises'
import { nodeDigests } from '../digests/node-digests.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts'
import { systemClock, type EmulatorClock } from '../exchange/emulator-clock.ts'
import { DirectoryStorage } from '../storage/directory-storage.ts'
import { EndableClock } from './endable-clock.ts'
import { trackInFlight } from './in-flight.ts'
import { listen, type Heard } from './listen.ts'
import { createNodeServer, type ServerLimits } from './node-server.ts'

export interface StartOptions extends EmulatorOptions, ServerLimits {
  /** 0 takes any free one. @default 0 */
  readonly port?: number
  /** @default '127.0.0.1': nobody but this machine */
  readonly hostname?: string
  /** Where objects are kept over restarts: a folder for this emulator alone, while it runs. @default in memory */
  readonly dataDirectory?: string
}

export interface RunningEmulator {
  /** `http://127.0.0.1:9000`, without a slash at the end. For this machine, also where every address is listened on. */
  readonly url: string
  readonly port: number
  readonly emulator: Emulator
  /** Ends all connections and removes temporary files. */
  close(): Promise<void>
}

/** The open server keeps the process alive; after it, no sleeper shall. */
const serverClock: EmulatorClock = { ...systemClock, sleep: (ms) => setTimeout(ms, undefined, { ref: false }) }

// All addresses of a machine are none to call, and under their names the page answers nobody.
const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

function urlOf(host: string, { address, port }: Heard): string {
  const hostname = WILDCARDS[address] ?? host
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}

/** Starts the emulator as a server. @throws {ListenError} when the port cannot be had, {StorageError} for a data directory that is damaged, or another's */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const { dataDirectory, ...rest } = options
  if (rest.storage !== undefined || dataDirectory === undefined) return startWith(rest)
  const storage = await DirectoryStorage.open(dataDirectory)
  try {
    return await startWith({ ...rest, storage })
  } catch (error) {
    // It would be locked until this process ends.
    await storage.close()
    throw error
  }
}

async function startWith({ port = 0, hostname: given, idleMs, ...options }: Omit<StartOptions, 'dataDirectory'>): Promise<RunningEmulator> {
  // By an empty one, as of a variable that is not set, Node would listen on every address.
  const hostname = given || '127.0.0.1'
  const clock = new EndableClock(options.clock ?? serverClock)
  const emulator = createEmulator({ digests: nodeDigests, ...options, clock })
  const { tracked, settled } = trackInFlight(emulator)
  const server = createNodeServer(tracked, idleMs === undefined ? {} : { idleMs })
  const heard = await listen(server, hostname, port)
  return {
    url: urlOf(hostname, heard),
    port: heard.port,
    emulator,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      clock.end()
      await closed
      await settled()
      await emulator.service.storage.close()
    },
  }
}
