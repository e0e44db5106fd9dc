import { parseArgs } from 'node:util'

export interface CommandArguments {
  readonly config: string | null
  readonly port: number
  readonly hostname: string
  readonly data: string | null
  readonly admin: boolean
  readonly help: boolean
}

/** The command was called with something that it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const USAGE = `cosdrop-emulator [--config FILE] [--port N] [--host ADDRESS] [--data DIR] [--admin]

  --config FILE   JSON: credentials, buckets, CORS rules, faults   (default: one private demo bucket)
  --port N        0 takes any free port                            (default: 9000)
  --host ADDRESS  the address to listen on                         (default: 127.0.0.1)
  --data DIR      keep objects there over restarts                 (default: in memory)
  --admin         faults and counts at /_cosdrop/admin/, for this machine alone

Prints one line of JSON when it is ready. SIGTERM and Ctrl-C end it.`

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`--port ${text} is no port; it is a number from 0 to 65535.`)
  return port
}

/** @throws {UsageError} */
export function readArguments(args: readonly string[]): CommandArguments {
  const options = {
    config: { type: 'string' },
    port: { type: 'string', default: '9000' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    admin: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
    // A variable that is not set: whoever meant an address is to hear of it.
    if (values.host === '') throw new UsageError('--host has an empty name. Name an address; 0.0.0.0 is every one of this machine.')
    return {
      config: values.config ?? null,
      port: readPort(values.port),
      hostname: values.host,
      data: values.data ?? null,
      admin: values.admin,
      help: values.help,
    }
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
