import { isCosServerError } from '@cosdrop/server'
import { devOptions, doctorOptions, policyOptions, signOptions, uploadOptions } from './arguments/option-tables.ts'
import { secretKeysOf, secretsOfArguments, tokensOf } from './arguments/read-credentials.ts'
import type { CommandContext, CommandIo } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { UnreachableError } from './cos/reach.ts'
import { runDev } from './dev/dev-command.ts'
import { runDoctor } from './doctor/doctor-command.ts'
import { ProbeLostError } from './doctor/probe-lost-error.ts'
import type { ExitCode } from './exit-code.ts'
import { english } from './messages/en.ts'
import { messagesFor, messagesOfTerminal } from './messages/language.ts'
import type { Messages } from './messages/messages.ts'
import { printHelp, printOverview, type HelpTopic } from './messages/print-help.ts'
import { runPolicyExplain } from './policy/policy-command.ts'
import { runSign } from './sign/sign-command.ts'
import { createPrinter, redact, type Printer } from './terminal/printer.ts'
import { chooseStyle } from './terminal/style.ts'
import { runUpload } from './upload/upload-command.ts'
import { VERSION } from './version.ts'

interface Subcommand {
  readonly words: readonly string[]
  readonly topic: (messages: Messages) => HelpTopic
  readonly run: (args: readonly string[], context: CommandContext) => ExitCode | Promise<ExitCode>
}

function subcommand(
  usage: string,
  name: 'doctor' | 'policy' | 'sign' | 'upload' | 'dev',
  options: HelpTopic['options'],
  run: Subcommand['run'],
): Subcommand {
  const words = usage.split(' ').filter((word) => /^[a-z]+$/.test(word))
  return {
    words,
    topic: ({ help }) => ({
      name: words.join(' '),
      usage: `cosdrop ${usage}`,
      options,
      summary: help[name].summary,
      notes: help[name].notes,
      texts: help[name].options,
    }),
    run,
  }
}

const SUBCOMMANDS: readonly Subcommand[] = [
  subcommand('doctor --bucket … --region … --origin …', 'doctor', doctorOptions, runDoctor),
  subcommand('policy explain [POLICY]', 'policy', policyOptions, runPolicyExplain),
  subcommand('sign --bucket … --region … --key …', 'sign', signOptions, runSign),
  subcommand('upload FILE', 'upload', uploadOptions, runUpload),
  subcommand('dev', 'dev', devOptions, runDev),
]

/** `--lang` must be known before anything can be complained about. `undefined`: not given. */
function givenLanguage(args: readonly string[]): string | undefined {
  const at = args.findIndex((argument) => /^--lang(=|$)/.test(argument))
  const [, value] = args[at]?.split('=') ?? []
  return at < 0 ? undefined : (value ?? args[at + 1] ?? '')
}

function howUnreachable({ reason }: UnreachableError): 'broken' | 'noTls' | 'untrusted' | 'unreachable' {
  // OpenSSL's of a record that was damaged on its way; hands were shaken by then.
  if (reason === 'ECONNRESET' || reason === 'EPIPE' || reason.endsWith('BAD_RECORD_MAC')) return 'broken'
  // Of Node's own client and of its fetch, for an answer that begins as none of TLS does.
  if (reason === 'EPROTO' || reason.startsWith('ERR_SSL_')) return 'noTls'
  // OpenSSL's names: SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_VERIFY_LEAF_SIGNATURE. https://nodejs.org/api/tls.html#x509-certificate-error-codes
  return /CERT|LEAF_SIGNATURE/.test(reason) ? 'untrusted' : 'unreachable'
}

function describe(
  error: unknown,
  messages: Messages,
  signal: AbortSignal,
): { readonly code: string; readonly message: string; readonly exit: ExitCode } {
  const { failures, doctor } = messages
  if (error instanceof ProbeLostError) {
    const told = describe(error.cause, messages, signal)
    return { ...told, message: [told.message, doctor.perhapsLeft(error)].join(' ') }
  }
  const known = error instanceof CommandError ? error : null
  // Whatever it broke off, unless more is known of that.
  if (signal.aborted && known?.code !== 'canceled') return { code: 'canceled', message: failures.canceled, exit: 1 }
  if (known !== null) return { code: known.code, message: known.message, exit: known.kind === 'usage' ? 2 : 1 }
  if (error instanceof UnreachableError) {
    return { code: 'unreachable', message: failures[howUnreachable(error)](error), exit: 1 }
  }
  if (isCosServerError(error)) return { code: error.code, message: failures.rules(error), exit: error.code === 'rules-invalid' ? 2 : 1 }
  return { code: 'unexpected', message: failures.unexpected({ message: error instanceof Error ? error.message : String(error) }), exit: 1 }
}

/** Where the command's name stands: `cosdrop --json upload FILE` has it behind an option of all commands. */
function wordsBegin(args: readonly string[]): number {
  let at = 0
  while (args[at]?.startsWith('-') === true) at += args[at] === '--lang' ? 2 : 1
  return at
}

/** A help text; for programs as JSON, like whatever else they ask for. */
function printed(print: (printer: Printer) => void, { out, json, printJson }: CommandContext): ExitCode {
  if (!json) print(out)
  else {
    const lines: string[] = []
    print({ style: out.style, line: (text = '') => void lines.push(text) })
    printJson({ help: lines.join('\n') })
  }
  return 0
}

async function dispatch(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { messages, out } = context
  const start = wordsBegin(args)
  const given = args.slice(start)
  const command = SUBCOMMANDS.find(({ words }) => words.every((word, index) => given[index] === word))
  const help = args.includes('--help') || args.includes('-h')
  if (command !== undefined) {
    if (!help) return command.run([...args.slice(0, start), ...given.slice(command.words.length)], context)
    return printed((printer) => printHelp(command.topic(messages), messages, printer), context)
  }
  const [first] = given.filter((argument) => !argument.startsWith('-'))
  if (args.includes('--version')) {
    if (context.json) context.printJson({ version: VERSION })
    else out.line(VERSION)
    return 0
  }
  if (help || given[0] === 'help') {
    const topics = SUBCOMMANDS.map(({ topic }) => topic(messages))
    return printed((printer) => printOverview(topics, messages, printer), context)
  }
  throw new CommandError('usage', 'usage', first === undefined ? messages.usage.noCommand : messages.usage.unknownCommand({ name: first }))
}

/**
 * The command `cosdrop`, without its process: arguments in, exit code out.
 * @param args without the interpreter and the script
 */
export async function runCosdrop(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const language = givenLanguage(args)
  const ofTerminal = messagesOfTerminal(io.env)
  const given = language === undefined ? ofTerminal : messagesFor(language)
  const messages = given ?? ofTerminal
  const json = args.includes('--json')
  const colour = !args.includes('--no-color')
  const keys = secretKeysOf(io.env)
  const secrets = [...keys, ...tokensOf(io.env)]
  const style = chooseStyle(io.stdout, io.env, colour && !json)
  const out = createPrinter(io.stdout, style, secrets)
  const form = createPrinter(io.stdout, style, keys)
  const err = createPrinter(io.stderr, chooseStyle(io.stderr, io.env, colour), secrets)
  const printJson: CommandContext['printJson'] = (value, printer = out) => {
    const text = io.stdout.isTTY === true ? JSON.stringify(value, null, 2) : JSON.stringify(value)
    for (const line of text.split('\n')) printer.line(line)
  }
  try {
    if (given === null) {
      throw new CommandError('usage', 'usage', english.usage.badValue({ option: '--lang', value: language ?? '', expected: 'en, zh-CN' }))
    }
    return await dispatch(args, { io, messages, out, form, err, json, printJson })
  } catch (error) {
    const { exit, ...told } = describe(error, messages, io.signal)
    // Not of results: a word of a header may be one of the key, too.
    const [code, message] = [told.code, told.message].map((text) => redact(text, secretsOfArguments(args)))
    if (json) printJson({ ok: false, error: { code, message } })
    else {
      err.line(`${err.style.bad('✗')} ${message}`)
      if (exit === 2) err.line(err.style.quiet(messages.usage.seeHelp({ command: 'cosdrop' })))
    }
    return exit
  }
}
