// Names whose values never leave the page: signatures and what they are made of, tokens, customer keys (official/post-object.txt).
const names =
  'policy|signature|authorization|q-(?:sign-time|key-time|ak|signature)|receipt|(?:x-cos-server-side-encryption-)?(?:customer-key|context)|[\\w-]*(?:secret|token|password|api[-_]?key|session|cookie)[\\w-]*'
const secretName = new RegExp(`^(?:${names})$`, 'i')
// name=value, "name": "value", ["eq", "$name", "value"], <name>value, and the sentence with which COS refuses a condition; quotes single, and escaped, too.
const quote = `\\\\*["']`
const between = `${quote}\\s*,\\s*${quote}|(?:${quote})?\\s*(?:=>?|[:>])\\s*(?:${quote})?(?:(?:Bearer|Basic|Token)\\s+)?| doesn't match the value `
const namedValue = new RegExp(`(?<![\\w-])((?:${names})(?:${between}))(?:\\[redacted]|\\\\+[^"'\\\\\\s]|[^\\s"'\\\\&,;}<\\]])+`, 'gi')
// Up to its own quote, whatever is in it.
const quotedValue = new RegExp(`(?<![\\w-])((?:${names})(?:${quote}\\s*,|(?:${quote})?\\s*(?:=>?|:))\\s*(${quote})).*?(?=(?<!\\\\)\\2)`, 'gis')
// A list has more than one.
const listed = new RegExp(`(?<![\\w-])((?:${names})(?:${quote})?\\s*(?:=>?|:)\\s*)\\[(?!redacted)[^\\]]*\\]?`, 'gi')
// Not what stands in quotes as a whole: that ends with them.
const cookies = /\b((?:set-)?cookie\s*[:=]\s*)(?=[^\s"'[])(?:="[^"\n]*"|[^"'\n])+/gi
// Firefox, Node.
const refusedHeader = /: .+(?= is an invalid header value)/gs
// Of the page's own host.
const path = /(?<![\w:/.-])(\.{0,2}\/[^\s"'<>?#]*)\?[^\s"'<>]+/g
// Of its own folder.
const relative = /(?<![^\s"'<>])([^\s"'<>?#]*)\?[^\s"'<>=]*=[^\s"'<>]*/g
const address = /\b(https?|blob|data):[^\s"'<>]+/gi
// Also where no name stands beside it, and on several lines: browsers tell of a header that they refuse with its value.
const credentials = /\b(Bearer|Basic)\s[^"']+(?=["'])|\b(Bearer|Basic)\s+\S+/gi
// A signature, a customer key, a session of OAuth, a token of COS or a policy: nothing that helps has these shapes and stands alone.
const bare = /(?<![\w./+=-])(?:[\da-f]{40}|[A-Za-z\d+/]{43}=|eyJ[\w-]+\.[\w-]+\.[\w-]*|[\w+/-]{90,}={0,2})(?![\w./+=-])/g
const gone = '[redacted]'

export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** More of one text is of no use in a report, and the patterns take seconds for a hundred thousand characters that somebody chose for that. */
const longest = 4_000

/** Takes queries out of URLs, and the values that stand beside secret names. */
export function redactText(text: string): string {
  return text
    .slice(0, longest)
    .replace(credentials, (whole) => `${whole.slice(0, 6).trim()} ${gone}`)
    .replace(address, (url, scheme: string) =>
      /^http/i.test(scheme) ? url.replace(/\/\/[^/?#]*@/, `//${gone}@`).replace(/[?#].*/s, `?${gone}`) : `${scheme}:${gone}`,
    )
    .replace(path, `$1?${gone}`)
    .replace(relative, `$1?${gone}`)
    .replace(refusedHeader, `: ${gone}`)
    .replace(listed, `$1${gone}`)
    .replace(cookies, `$1${gone}`)
    .replace(quotedValue, `$1${gone}`)
    .replace(namedValue, (_whole, before: string) => before + gone)
}

/** The same for the words of others, who may tell a secret without saying what it is. */
export function redactWords(text: string): string {
  return redactText(text).replace(bare, gone)
}

/** A copy with the same care for every text in it. Functions, Blobs and the like are left out, as is what holds itself. */
export function redact(value: unknown, name = '', within: readonly unknown[] = []): unknown {
  if (isSecretName(name) && value !== null && value !== undefined) return gone
  if (typeof value === 'string') return redactText(value)
  if (within.includes(value)) return undefined
  const inside = [...within, value]
  if (Array.isArray(value)) return value.map((part: unknown) => redact(part, '', inside))
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, redact(part, key, inside)]))
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
