import type { FileRejection, Restrictions } from '@cosdrop/core'
import { acceptWords } from './format/accept-words.ts'
import type { Format } from './format/format.ts'
import { isolate } from './format/isolate.ts'
import type { Messages } from './messages/messages.ts'

// More names than this are counted.
const NAMED = 2

/** One sentence for each reason, in order of the first file that it stopped. */
export function rejectionSentences(
  rejections: readonly FileRejection[],
  restrictions: Restrictions,
  messages: Messages,
  format: Format,
): readonly string[] {
  const groups = new Map<string, { readonly code: string; readonly message: string; readonly names: string[] }>()
  for (const { name, errors } of rejections) {
    const [error] = errors
    if (error === undefined) continue
    const known = messages.rejected[error.code] !== undefined
    // An app's rule may word each file's reason differently.
    const key = known ? error.code : `${error.code}\n${error.message}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { ...error, names: [name] })
    else group.names.push(name)
  }
  const { minSize = 0, maxSize = 0, maxFiles = 0, maxTotalSize = 0 } = restrictions
  return [...groups.values()].map(({ code, message, names }) => {
    const more = names.length > NAMED + 1 ? names.length - NAMED : 0
    const list = messages.namesAndMore(names.slice(0, more > 0 ? NAMED : undefined).map(isolate), more)
    const sentence = messages.rejected[code]
    if (sentence === undefined) return messages.rejectedFor(list, message)
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
}
