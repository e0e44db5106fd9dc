import { formField } from '@cosdrop/protocol'
import type { BucketAddress } from '@cosdrop/server'
import { CommandError } from '../command-error.ts'
import type { Messages } from '../messages/messages.ts'

function usage(text: string): CommandError {
  return new CommandError('usage', 'usage', text)
}

/** @throws {CommandError} as do all below, when the value is not of its kind */
export function required(value: string | undefined, option: string, { usage: texts }: Messages): string {
  if (value === undefined || value === '') throw usage(texts.missingOption({ option }))
  return value
}

export function wholeNumber(value: string, option: string, { usage: texts }: Messages): number {
  if (/^[1-9]\d{0,11}$/.test(value)) return Number(value)
  throw usage(texts.badValue({ option, value, expected: texts.wholeNumber }))
}

export function portNumber(value: string, option: string, { usage: texts }: Messages): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
  throw usage(texts.badValue({ option, value, expected: texts.port }))
}

const UNITS = { '': 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const

/** `1500`, `10MB`, `1.5 GB`: bytes. */
export function byteSize(value: string, option: string, { usage: texts }: Messages): number {
  const [, number, unit] = /^(\d{1,15}(?:\.\d{1,3})?)\s*([KMG]B)?$/i.exec(value.trim()) ?? []
  const factor = Object.entries(UNITS).find(([name]) => name === (unit ?? '').toUpperCase())?.[1]
  const bytes = Number(number) * (factor ?? NaN)
  if (unit !== undefined || Number.isInteger(bytes)) return Math.round(bytes)
  throw usage(texts.badValue({ option, value, expected: texts.size }))
}

export function httpUrl(value: string, option: string, { usage: texts }: Messages): string {
  const url = URL.canParse(value) ? new URL(value) : null
  // fetch refuses such a URL, and its error, like this one of ours, would show the password.
  if (url !== null && url.username + url.password !== '') throw usage(texts.passwordInUrl({ option }))
  if (url !== null && /^https?:$/.test(url.protocol)) return value
  throw usage(texts.badValue({ option, value, expected: texts.httpUrl }))
}

/** An origin as browsers write it; a whole URL of a page is taken for its origin's sake. */
export function pageOrigin(value: string, option: string, { usage: texts }: Messages): string {
  const url = URL.canParse(value) ? new URL(value) : null
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin
  throw usage(texts.badValue({ option, value, expected: texts.origin }))
}

/** What of a pair without `=` is no secret: behind a colon, as headers are written, may be a key, and one word may be a token. */
function shownName(pair: string): string {
  const [, name] = /^([\w-]+)[:\s]/.exec(pair) ?? []
  if (name !== undefined) return `${name}…`
  return formField(pair) ? pair : '…'
}

export function nameValues(
  values: readonly string[],
  option: string,
  { usage: texts }: Messages,
): readonly (readonly [name: string, value: string])[] {
  return values.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw usage(texts.badValue({ option, value: shownName(pair), expected: texts.nameValue }))
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
}

/** Headers of the connection. Node's fetch refuses some without a word on why, and with a length that is not the body's it never ends. */
const OF_THE_CONNECTION = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/** Headers that a request can carry. What else is given is not shown: it may be a token. */
export function headerValues(values: readonly string[], option: string, messages: Messages): Headers {
  const headers = new Headers()
  for (const [name, value] of nameValues(values, option, messages)) {
    if (OF_THE_CONNECTION.has(name.toLowerCase())) throw usage(messages.usage.ownHeader({ name }))
    try {
      headers.append(name, value)
    } catch {
      throw usage(messages.usage.badHeader({ name }))
    }
  }
  return headers
}

export function oneOf<const Word extends string>(value: string, option: string, words: readonly Word[], { usage: texts }: Messages): Word {
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw usage(texts.badValue({ option, value, expected: words.join(', ') }))
  return word
}

/** Where a bucket is, from the options that name it. */
export function bucketAddress(
  values: { readonly bucket?: string | undefined; readonly region?: string | undefined; readonly endpoint?: string | undefined },
  messages: Messages,
): BucketAddress {
  const bucket = required(values.bucket, '--bucket', messages)
  const region = required(values.region, '--region', messages)
  return { bucket, region, ...(values.endpoint !== undefined && { endpoint: httpUrl(values.endpoint, '--endpoint', messages) }) }
}
