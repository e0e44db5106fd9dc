import type { FileRejection, Restrictions } from '@cosdrop/core'
import { acceptWords } from './format/accept-words.ts'
import type { Format } from './format/format.ts'
import { isolate } from './format/isolate.ts'
import type { Messages } from './messages/messages.ts'

// More names than this are counted.
const NAMED = 2
// And more reasons than this are left out: the app's own rules may have another for each of a thousand files.
const REASONS = 5

/** How many were not added, and a sentence for each reason, in order of the first file that it stopped. */
export function rejectionSentences(
  rejections: readonly FileRejection[],
  restrictions: Restrictions,
  messages: Messages,
  format: Format,
): readonly string[] {
  const groups = new Map<string, { readonly code: string; readonly message: string; readonly names: string[] }>()
  for (const { name, errors } of rejections) {
    const [error] = errors
    if (!error) continue
    // An app's rule may word each file's reason differently.
    const key = messages.rejected[error.code] ? error.code : error.message
    const group = groups.get(key) ?? { ...error, names: [] }
    group.names.push(name)
    groups.set(key, group)
  }
  const { minSize = 0, maxSize = 0, maxFiles = 0, maxTotalSize = 0 } = restrictions
  const sentences = [...groups.values()].slice(0, REASONS).map(({ code, message, names }) => {
    const more = names.length > NAMED + 1 ? names.length - NAMED : 0
    const list = messages.namesAndMore(names.slice(0, more > 0 ? NAMED : undefined).map(isolate), more)
    const sentence = messages.rejected[code]
    if (!sentence) return messages.rejectedFor(list, message)
    return sentence({
      names: list,
      count: names.length,
      allowed: acceptWords(restrictions.accept, messages, format),
      minSize: format.limit(minSize),
      maxSize: format.limit(maxSize),
      maxFiles: format.number(maxFiles),
      maxTotalSize: format.limit(maxTotalSize),
    })
  })
  return [messages.rejectedTitle(rejections.length), ...sentences, ...(groups.size > REASONS ? ['…'] : [])]
}
