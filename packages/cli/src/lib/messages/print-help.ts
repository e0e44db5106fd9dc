import { commonOptions, type OptionShape } from '../arguments/option-tables.ts'
import type { Printer } from '../terminal/printer.ts'
import { padColumns, widest } from '../terminal/text-width.ts'
import type { Messages } from './messages.ts'

/** A subcommand as the help shows it. */
export interface HelpTopic {
  /** `policy explain`. */
  readonly name: string
  /** `cosdrop policy explain [POLICY]`. */
  readonly usage: string
  readonly summary: string
  readonly notes: readonly string[]
  readonly options: Readonly<Record<string, OptionShape>>
  readonly texts: Readonly<Record<string, string>>
}

function flag(name: string, { short, placeholder }: OptionShape): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${placeholder === undefined ? '' : ` ${placeholder}`}`
}

function printOptions(options: Readonly<Record<string, OptionShape>>, texts: Readonly<Record<string, string>>, columns: number, out: Printer): void {
  for (const [name, shape] of Object.entries(options)) out.line(`  ${out.style.accent(padColumns(flag(name, shape), columns))}  ${texts[name] ?? ''}`)
}

export function printHelp(topic: HelpTopic, { help }: Messages, out: Printer): void {
  const columns = widest([...Object.entries(topic.options), ...Object.entries(commonOptions)].map(([name, shape]) => flag(name, shape)))
  out.line(`${out.style.title(help.usage)}  ${topic.usage}`)
  out.line()
  out.line(topic.summary)
  for (const note of topic.notes) out.line(note)
  out.line()
  out.line(out.style.title(help.options))
  printOptions(topic.options, topic.texts, columns, out)
  printOptions(commonOptions, help.common, columns, out)
  out.line()
  for (const line of [...help.exitCodes, ...help.environment]) out.line(out.style.quiet(line))
}

export function printOverview(topics: readonly HelpTopic[], { help }: Messages, out: Printer): void {
  const columns = widest(topics.map(({ name }) => name))
  out.line(help.tagline)
  out.line()
  out.line(`${out.style.title(help.usage)}  cosdrop COMMAND [OPTIONS]`)
  out.line()
  out.line(out.style.title(help.commands))
  for (const { name, summary } of topics) out.line(`  ${out.style.accent(padColumns(name, columns))}  ${summary}`)
  out.line()
  out.line(help.more)
  out.line()
  for (const line of [...help.exitCodes, ...help.environment]) out.line(out.style.quiet(line))
}
