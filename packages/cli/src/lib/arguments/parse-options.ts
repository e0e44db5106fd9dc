import type { Messages } from '../messages/messages.ts'
import { CommandError } from '../command-error.ts'

function optionIn(message: string): string {
  return /'(?:-\w, )?(--?[\w-]+)/.exec(message)?.[1] ?? ''
}

function usageText(error: unknown, { usage }: Messages): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      // People look for it, for other tools have it.
      return optionIn(error.message) === '--secret-key' ? usage.secretOnCommandLine : usage.unknownOption({ option: optionIn(error.message) })
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      if (error.message.includes('ambiguous')) return usage.dashedValue({ option: optionIn(error.message) })
      return error.message.includes(' argument missing')
        ? usage.missingValue({ option: optionIn(error.message) })
        : usage.unexpectedValue({ option: optionIn(error.message) })
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return usage.unexpectedArgument({ argument: /'(.*?)'/s.exec(error.message)?.[1] ?? '' })
    default:
      return null
  }
}

/** Runs `util.parseArgs`, whose own texts are English and for programmers. @throws {CommandError} `usage` */
export function parseOptions<Parsed>(parse: () => Parsed, messages: Messages): Parsed {
  try {
    return parse()
  } catch (cause) {
    const text = usageText(cause, messages)
    if (text === null) throw cause
    throw new CommandError('usage', 'usage', text, { cause })
  }
}
