import { readFile } from 'node:fs/promises'
import { ConfigError } from '../config/config-reader.ts'
import { demoConfig } from '../config/demo-config.ts'
import type { EmulatorConfig } from '../config/emulator-config.ts'
import { parseConfig } from '../config/parse-config.ts'
import { ListenError } from '../server/listen.ts'
import { startEmulator, type RunningEmulator } from '../server/start-emulator.ts'
import { StorageError } from '../storage/directory-storage.ts'
import { readArguments, USAGE, UsageError } from './command-arguments.ts'

/** Some messages of JSON.parse quote what stands around the mistake, and a config holds SecretKeys. */
function withoutExcerpt(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, (?:\.\.\.)?".*$/s, '') : 'it cannot be read'
}

async function readConfigFile(path: string): Promise<EmulatorConfig> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`The config ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`The config ${path} is not JSON: ${withoutExcerpt(cause)}`, { cause })
  }
  return parseConfig(value)
}

/** What a script needs to know. No SecretKey, no token. */
function readyLine({ url, emulator }: RunningEmulator): string {
  const { buckets, credentials } = emulator.service.config
  return JSON.stringify({
    url,
    buckets: buckets.map(({ name, region, acl, versioning }) => ({ name, region, acl, versioning, url: `${url}/${name}/` })),
    credentials: credentials.map(({ secretId }) => ({ secretId })),
  })
}

/** What the user did wrong, or what the machine does not allow: a sentence will do. Everything else keeps its stack. */
function isExplained(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof ConfigError || error instanceof ListenError || error instanceof StorageError
}

function closeOnSignal(running: RunningEmulator): void {
  let isClosing = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isClosing) return
      isClosing = true
      void running.close().then(() => process.exit(0))
    })
  }
}

/** The command `cosdrop-emulator`. Sets the exit code: 0, or 1 when it could not start. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    const { config, port, hostname, data, admin, help } = readArguments(args)
    if (help) return void process.stdout.write(`${USAGE}\n`)
    const chosen = config === null ? demoConfig : await readConfigFile(config)
    const running = await startEmulator({
      config: admin ? { ...chosen, admin } : chosen,
      port,
      hostname,
      ...(data !== null && { dataDirectory: data }),
    })
    closeOnSignal(running)
    process.stdout.write(`${readyLine(running)}\n`)
  } catch (error) {
    if (!isExplained(error)) throw error
    process.stderr.write(`${error.message}\n${error instanceof UsageError ? `\n${USAGE}\n` : ''}`)
    process.exitCode = 1
  }
}
