import { english } from './en.ts'
import type { Messages } from './messages.ts'
import { chinese } from './zh-cn.ts'

/** `null` for a language that there is none for. */
export function messagesFor(language: string): Messages | null {
  const name = language.toLowerCase().replaceAll('_', '-')
  if (name === 'en' || name.startsWith('en-')) return english
  if (name === 'zh' || name.startsWith('zh-')) return chinese
  return null
}

/** The language of the terminal, by POSIX's order of variables; English for all that are not Chinese. */
export function messagesOfTerminal(env: Readonly<Record<string, string | undefined>>): Messages {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return messagesFor(locale.replace(/[.@].*$/, '')) ?? english
}
