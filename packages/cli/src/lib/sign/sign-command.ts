import { parseArgs } from 'node:util'
import { createPostPolicy } from '@cosdrop/server'
import { commonOptions, signOptions } from '../arguments/option-tables.ts'
import { parseOptions } from '../arguments/parse-options.ts'
import { needCredentials } from '../arguments/read-credentials.ts'
import { bucketAddress, byteSize, nameValues, oneOf, required, wholeNumber } from '../arguments/read-values.ts'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import type { ExitCode } from '../exit-code.ts'
import { fixedFields } from './fixed-fields.ts'
import { renderCurl } from './render-curl.ts'
import { renderHtml } from './render-html.ts'

/** `cosdrop sign`. */
export function runSign(args: readonly string[], context: CommandContext): ExitCode {
  const { messages, io, form } = context
  const { values, positionals } = parseOptions(
    () => parseArgs({ args: [...args], options: { ...commonOptions, ...signOptions }, allowPositionals: true }),
    messages,
  )
  const [extra] = positionals
  if (extra !== undefined) throw new CommandError('usage', 'usage', messages.usage.unexpectedArgument({ argument: extra }))
  const address = bucketAddress(values, messages)
  const key = required(values.key, '--key', messages)
  const format = context.json ? 'json' : oneOf(values.format ?? 'json', '--format', ['json', 'curl', 'html'], messages)
  const post = createPostPolicy({
    ...address,
    key,
    size: { min: byteSize(values['min-size'] ?? '0', '--min-size', messages), max: byteSize(values['max-size'] ?? '100MB', '--max-size', messages) },
    fields: fixedFields(nameValues(values.field ?? [], '--field', messages)),
    ...(values.expires !== undefined && { expiresIn: wholeNumber(values.expires, '--expires', messages) }),
  }).sign(needCredentials(io.env, values['secret-id'], messages), { now: io.now() })
  switch (format) {
    case 'json':
      context.printJson(post, form)
      break
    case 'curl':
      for (const line of renderCurl(post, values.file ?? messages.sign.file).split('\n')) form.line(line)
      break
    case 'html':
      for (const line of renderHtml(post, messages.sign.button).split('\n')) form.line(line)
      break
    default:
      return format satisfies never
  }
  return 0
}
