import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { RunningAdapter } from './adapter-contract.ts'

function askAt(url: string): RunningAdapter['ask'] {
  return (init) => fetch(new URL('/policy', url), init)
}

/** A server of `node:http` on a free port. */
export async function listening(server: Server): Promise<RunningAdapter> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return {
    ask: askAt(`http://127.0.0.1:${address.port}`),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** From a URL, or from workerd's `{"event":"listen","socket":"http","port":1234}`. */
function portIn(text: string): string | null {
  return /(?:https?:\/\/(?:localhost|127\.0\.0\.1):|"port":)(\d+)/.exec(text)?.[1] ?? null
}

/** A command that prints its URL or port. Ends with the test, and shows what it said when it never got so far. */
export async function spawned(
  command: string,
  args: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly cwd?: string },
): Promise<RunningAdapter> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? import.meta.dirname,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      const found = portIn(said)
      if (found !== null) resolve(`http://127.0.0.1:${found}`)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`${command} ended with ${code ?? 'a signal'} and said:\n${said}`)))
  })
  return {
    ask: askAt(url),
    close: async () => {
      child.kill()
      await ended
    },
  }
}
