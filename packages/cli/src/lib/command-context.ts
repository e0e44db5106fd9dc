import type { Messages } from './messages/messages.ts'
import type { OutputStream } from './terminal/output-stream.ts'
import type { Printer } from './terminal/printer.ts'

/** What the command meets of the world; tests hand in their own. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined }
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly fetch: typeof fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds from an unknown start, never backwards. */
  readonly monotonic: () => number
  readonly signal: AbortSignal
}

/** What each subcommand is given beside its arguments. */
export interface CommandContext {
  readonly io: CommandIo
  readonly messages: Messages
  /** Results. */
  readonly out: Printer
  /** Results that are signed forms: no secret, but for the session token that storage asks of them. */
  readonly form: Printer
  /** Everything that is no result. */
  readonly err: Printer
  /** One JSON object instead of text. */
  readonly json: boolean
  /** @param printer @default `out` */
  readonly printJson: (value: unknown, printer?: Printer) => void
}
