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
  const groups = new Map<string, { readonly message: string; readonly limit: number; readonly names: string[] }>()
  for (const { name, errors } of rejections) {
    const [error] = errors
    if (!error) continue
    const { code, message, limit } = error
    // An app's rule may word each file's reason differently, and have a name that one of ours has.
    const key = messages.rejected[code] && (limit !== undefined || !/too-|type/.test(code)) ? code : message
    // The app may have handed over an uploader whose rules nobody else knows.
    const group = groups.get(key) ?? { message, limit: Number(limit) || 0, names: [] }
    group.names.push(name)
    groups.set(key, group)
  }
  const sentences = [...groups].slice(0, REASONS).map(([key, { message, limit, names }]) => {
    const more = names.length > NAMED + 1 ? names.length - NAMED : 0
    const list = messages.namesAndMore(names.slice(0, more > 0 ? NAMED : undefined).map(isolate), more)
    const sentence = messages.rejected[key]
    if (!sentence) return messages.rejectedFor(list, message)
    const { minSize = limit, maxSize = limit, maxFiles = limit, maxTotalSize = limit } = restrictions
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
