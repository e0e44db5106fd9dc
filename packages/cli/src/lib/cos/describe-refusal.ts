import type { HintedCode, Messages } from '../messages/messages.ts'
import { isOfCos, type ServiceRefusal } from './service-refusal.ts'

function isHinted(code: string, hints: Messages['hints']): code is HintedCode {
  return Object.hasOwn(hints, code)
}

/**
 * What to do. Some refusals carry their code in the message (403 guide), so both are looked at. A permission that is missing, a time that is over and a
 * condition that does not hold share one code (https://cloud.tencent.com/document/product/436/41164).
 */
function hintFor({ code, message }: ServiceRefusal, { failures, hints }: Messages): string | null {
  if (message !== null && isHinted(message, hints)) return hints[message]
  if (code === null || !isHinted(code, hints)) return null
  if (code !== 'AccessDenied' || message === null || /access ?denied/i.test(message)) return hints[code]
  return /expired/.test(message) ? failures.ended : null
}

/** A sentence: what COS said, and what to do about it. */
export function describeRefusal(refusal: ServiceRefusal, messages: Messages): string {
  const { status, code, message, requestId } = refusal
  const { failures } = messages
  if (!isOfCos(refusal)) return failures.notCos({ status: String(status) })
  const said = failures.service({ status: String(status), code: code ?? '', message: message ?? '', requestId: requestId ?? '-' })
  const hint = hintFor(refusal, messages)
  return hint === null ? said : `${said} ${hint}`
}
