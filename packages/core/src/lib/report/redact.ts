// Names whose values never leave the page: signatures and what they are made of, tokens, customer keys (official/post-object.txt).
const secretName =
  /^(policy|signature|authorization|q-(sign-time|key-time|ak|signature)|x-cos-security-token|(x-cos-server-side-encryption-)?(customer-key|context)|receipt|.*(secret|token|password).*)$/i
const gone = '[redacted]'

export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** Takes queries out of URLs, and values of secret names out of `name=value`, `"name": "value"` and policy conditions. */
export function redactText(text: string): string {
  return text
    .replace(/\b(?:https?|blob|data):[^\s"'<>]+/gi, (url) =>
      /^(?:blob|data)/i.test(url) ? `${url.slice(0, 5)}…` : url.replace(/[?#].*/s, `?${gone}`),
    )
    .replace(/([\w-]+)((?:"|&quot;)?\s*[=:,]\s*(?:"|&quot;)?)([^\s"&,;}\]]+)/g, (whole, name: string, between: string) =>
      isSecretName(name) ? `${name}${between}${gone}` : whole,
    )
    .replace(/(Condition key ([\w-]+) doesn't match the value ).*/gis, (whole, start: string, name: string) =>
      isSecretName(name) ? start + gone : whole,
    )
}

/** A copy with the same care for every text in it. Functions, Blobs and the like are left out. */
export function redact(value: unknown, name = ''): unknown {
  if (isSecretName(name) && value !== null && value !== undefined) return gone
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map((part: unknown) => redact(part))
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, redact(part, key)]))
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
