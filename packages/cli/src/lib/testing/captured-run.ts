import { runCosdrop } from '../run-cosdrop.ts'
import type { CommandIo } from '../command-context.ts'
import type { ExitCode } from '../exit-code.ts'

/** What a run of the command left behind. */
export interface CapturedRun {
  readonly exit: ExitCode
  readonly stdout: string
  readonly stderr: string
}

export interface CapturedOptions extends Partial<Pick<CommandIo, 'env' | 'fetch' | 'now' | 'monotonic' | 'signal'>> {
  readonly stdin?: string
  /** Columns of a terminal; a pipe when left out. */
  readonly terminal?: number
  /** Told of each piece of standard output as it comes. */
  readonly onOutput?: (text: string) => void
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

/** Runs the command in this process: its environment is what the test says, and nothing else. */
export async function captured(args: readonly string[], options: CapturedOptions = {}): Promise<CapturedRun> {
  const { stdin = '', terminal, onOutput, env = {}, now = Date.now, monotonic = () => 0, signal = new AbortController().signal } = options
  const tty = terminal === undefined ? {} : { isTTY: true, columns: terminal }
  let [stdout, stderr] = ['', '']
  const exit = await runCosdrop(args, {
    env,
    now,
    monotonic,
    signal,
    fetch: options.fetch ?? fetch,
    stdin: Object.assign(once(stdin), tty),
    stdout: {
      ...tty,
      write(text) {
        stdout += text
        onOutput?.(text)
      },
    },
    stderr: { ...tty, write: (text) => void (stderr += text) },
  })
  return { exit, stdout, stderr }
}
