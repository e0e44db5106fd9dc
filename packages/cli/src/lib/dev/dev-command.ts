import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { demoConfig } from '@cosdrop/emulator'
import { ListenError, StorageError, startEmulator, type RunningEmulator } from '@cosdrop/emulator/node'
import { allowAnyone, createPolicyHandler } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import { commonOptions, devOptions } from '../arguments/option-tables.ts'
import { parseOptions } from '../arguments/parse-options.ts'
import { byteSize, portNumber } from '../arguments/read-values.ts'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { systemCode } from '../cos/reach.ts'
import type { ExitCode } from '../exit-code.ts'
import { padColumns, widest } from '../terminal/text-width.ts'

const HOST = '127.0.0.1'

function noPort(number: number, { messages: { failures } }: CommandContext, cause: unknown): CommandError {
  const [port, reason] = [String(number), systemCode(cause)]
  return reason === 'EADDRINUSE'
    ? new CommandError('failure', 'port-taken', failures.portTaken({ port }), { cause })
    : new CommandError('failure', 'port-unusable', failures.portUnusable({ port, reason }), { cause })
}

async function listen(server: Server, port: number, context: CommandContext): Promise<number> {
  server.listen(port, HOST)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw noPort(port, context, cause)
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function emulate(port: number, data: string | undefined, context: CommandContext): Promise<RunningEmulator> {
  try {
    return await startEmulator({ port, config: demoConfig, ...(data !== undefined && { dataDirectory: data }) })
  } catch (cause) {
    if (cause instanceof ListenError) throw noPort(port, context, cause)
    if (!(cause instanceof StorageError)) throw cause
    throw new CommandError('failure', 'data-folder', context.messages.failures.dataFolder({ message: cause.message }), { cause })
  }
}

/** `cosdrop dev`: runs until the signal aborts. */
export async function runDev(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { messages, io, out } = context
  const { values, positionals } = parseOptions(
    () => parseArgs({ args: [...args], options: { ...commonOptions, ...devOptions }, allowPositionals: true }),
    messages,
  )
  const [extra] = positionals
  if (extra !== undefined) throw new CommandError('usage', 'usage', messages.usage.unexpectedArgument({ argument: extra }))
  const port = portNumber(values.port ?? '9000', '--port', messages)
  const policyPort = portNumber(values['policy-port'] ?? '9001', '--policy-port', messages)
  const maxSize = byteSize(values['max-size'] ?? '5GB', '--max-size', messages)
  // Of a variable that is not set. It would be the folder where the command happens to run.
  if (values.data === '') throw new CommandError('usage', 'usage', messages.usage.missingValue({ option: '--data' }))
  const [bucket] = demoConfig.buckets
  const [credentials] = demoConfig.credentials
  if (bucket === undefined || credentials === undefined) throw new Error('the demo config names no bucket')

  const cos = await emulate(port, values.data, context)
  const url = `${cos.url}/${bucket.name}/`
  const server = createServer()
  try {
    const handler = createPolicyHandler({
      bucket: bucket.name,
      region: bucket.region,
      endpoint: url,
      credentials: { secretId: credentials.secretId, secretKey: credentials.secretKey },
      authorize: allowAnyone(),
      limits: { maxSize, ...(values.accept !== undefined && { accept: values.accept }) },
      cors: { origins: '*' },
      onError: (error) => context.err.line(String(error)),
    })
    const handle = toNodeHandler(handler)
    server.on('request', (request, response) => void handle(request, response))
    const policy = `http://${HOST}:${await listen(server, policyPort, context)}/policy`
    if (context.json)
      context.printJson({ emulator: cos.url, bucketUrl: url, policy, bucket: bucket.name, region: bucket.region, secretId: credentials.secretId })
    else {
      const { dev } = messages
      const rows = [
        [dev.policy, policy],
        [dev.emulator, url],
        [dev.page, `${cos.url}/`],
        [dev.bucket, `${bucket.name} (${bucket.region})`],
      ] as const
      const columns = widest(rows.map(([label]) => label))
      for (const [label, text] of rows) out.line(`${out.style.quiet(padColumns(label, columns))}  ${out.style.accent(text)}`)
      out.line()
      out.line(out.style.quiet(dev.stop))
    }
    if (!io.signal.aborted) await once(io.signal, 'abort')
  } finally {
    server.closeAllConnections()
    server.close()
    await cos.close()
  }
  return 0
}
