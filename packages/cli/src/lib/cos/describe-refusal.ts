import type { HintedCode, Messages } from '../messages/messages.ts'
import type { ServiceRefusal } from './service-refusal.ts'

function isHinted(code: string, hints: Messages['hints']): code is HintedCode {
  return Object.hasOwn(hints, code)
}

/** A sentence: what COS said, and what to do about it. Some refusals carry their code in the message (403 guide), so both are looked at. */
export function describeRefusal({ status, code, message, requestId }: ServiceRefusal, { failures, hints }: Messages): string {
  if (code === null && requestId === null) return failures.notCos({ status: String(status) })
  const said = failures.service({ status: String(status), code: code ?? '', message: message ?? '', requestId: requestId ?? '-' })
  const known = [message, code].find((word) => word !== null && isHinted(word, hints))
  return typeof known === 'string' && isHinted(known, hints) ? `${said} ${hints[known]}` : said
}
