import { parseArgs } from 'node:util'
import { PolicyDocumentError, type PolicyDocument } from '@cosdrop/protocol'
import { commonOptions, policyOptions } from '../arguments/option-tables.ts'
import { parseOptions } from '../arguments/parse-options.ts'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import type { ExitCode } from '../exit-code.ts'
import { explainPolicy } from './explain-policy.ts'
import { printExplanation, warningText } from './print-explanation.ts'
import { readPolicyInput } from './read-policy-input.ts'

async function readAll(stdin: CommandContext['io']['stdin']): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stdin) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}

async function inputOf(argument: string | undefined, { io, messages }: CommandContext): Promise<string> {
  if (argument !== undefined && argument !== '-') return argument
  if (argument === undefined && io.stdin.isTTY === true) throw new CommandError('usage', 'usage', messages.failures.noPolicy)
  return readAll(io.stdin)
}

function read(text: string, { failures }: CommandContext['messages']): PolicyDocument {
  if (text.trim() === '') throw new CommandError('usage', 'usage', failures.noPolicy)
  try {
    return readPolicyInput(text)
  } catch (cause) {
    if (!(cause instanceof PolicyDocumentError)) throw cause
    throw new CommandError('failure', cause.problem, failures.policy[cause.problem], { cause })
  }
}

/** `cosdrop policy explain [BASE64|-]`. 1 when there is something to object to. */
export async function runPolicyExplain(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { messages, io } = context
  const { positionals } = parseOptions(
    () => parseArgs({ args: [...args], options: { ...commonOptions, ...policyOptions }, allowPositionals: true }),
    messages,
  )
  const [argument, extra] = positionals
  if (extra !== undefined) throw new CommandError('usage', 'usage', messages.usage.unexpectedArgument({ argument: extra }))
  const explanation = explainPolicy(read(await inputOf(argument, context), messages), io.now())
  if (context.json) {
    const warnings = explanation.warnings.map((warning) => ({ ...warning, message: warningText(warning, messages) }))
    context.printJson({ ok: warnings.length === 0, ...explanation, warnings })
  } else printExplanation(explanation, messages, context.out)
  return explanation.warnings.length === 0 ? 0 : 1
}
