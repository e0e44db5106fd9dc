import type { Messages } from '../messages/messages.ts'
import { formatBytes } from '../terminal/format-bytes.ts'
import type { Printer } from '../terminal/printer.ts'
import { padColumns, widest, WRAP, wrapColumns } from '../terminal/text-width.ts'
import type { FieldPermit, PolicyExplanation } from './explain-policy.ts'
import type { PolicyWarning } from './find-warnings.ts'

/** The text of a warning. The switch narrows what a lookup by code cannot. */
export function warningText(warning: PolicyWarning, { policy: { warning: texts } }: Messages): string {
  switch (warning.code) {
    case 'expired':
      return texts.expired(warning)
    case 'time-without-zone':
      return texts['time-without-zone'](warning)
    case 'local-time':
      return texts['local-time'](warning)
    case 'ends-differ':
      return texts['ends-differ'](warning)
    case 'long-life':
      return texts['long-life'](warning)
    case 'no-size-range':
      return texts['no-size-range'](warning)
    case 'size-over-limit':
      return texts['size-over-limit'](warning)
    case 'any-bucket':
      return texts['any-bucket'](warning)
    case 'any-key':
      return texts['any-key'](warning)
    case 'no-signature-conditions':
      return texts['no-signature-conditions'](warning)
    case 'unpinned':
      return texts.unpinned(warning)
    case 'open-prefix':
      return texts['open-prefix'](warning)
    case 'public-object':
      return texts['public-object'](warning)
    case 'active-content':
      return texts['active-content'](warning)
    case 'unknown-field':
      return texts['unknown-field'](warning)
    case 'contradiction':
      return texts.contradiction(warning)
    default:
      return warning satisfies never
  }
}

function timeText({ expiration, secondsLeft }: PolicyExplanation, { policy, duration }: Messages): string {
  if (secondsLeft === null) return policy.validUnclear({ expiration })
  if (secondsLeft < 0) return policy.endedAt({ expiration, ago: duration(-secondsLeft) })
  return policy.validUntil({ expiration, left: duration(secondsLeft) })
}

function keyText({ key }: PolicyExplanation, { policy }: Messages): string {
  if (key === null || (key.kind === 'prefix' && key.value === '')) return policy.anyKey
  const value = JSON.stringify(key.value)
  return key.kind === 'fixed' ? policy.keyFixed({ value }) : policy.keyPrefix({ value })
}

function exactBytes(bytes: number): string {
  return bytes < 1024 ? formatBytes(bytes) : `${formatBytes(bytes)} (${bytes} B)`
}

function sizeText({ size }: PolicyExplanation, { policy }: Messages): string {
  if (size === null) return policy.anySize
  if (size.min === size.max) return policy.sizeExact({ size: exactBytes(size.max) })
  return policy.sizeRange({ min: exactBytes(size.min), max: exactBytes(size.max) })
}

function fieldText({ kind, field, value }: FieldPermit, { policy }: Messages): string {
  if (kind === 'fixed') return policy.fixedAs({ field, value: JSON.stringify(value) })
  return value === '' ? policy.mustBePresent({ field }) : policy.prefixedBy({ field, value: JSON.stringify(value) })
}

/** A line for each field, but one for all that must be empty: a careful policy has many of those. */
function fieldTexts(fields: readonly FieldPermit[], messages: Messages): readonly string[] {
  const isEmpty = ({ kind, value }: FieldPermit): boolean => kind === 'fixed' && value === ''
  const empty = fields.filter(isEmpty).map(({ field }) => field)
  const lines = fields.filter((field) => !isEmpty(field)).map((field) => fieldText(field, messages))
  return empty.length === 0 ? lines : [...lines, messages.policy.fixedEmpty({ fields: empty.join(', ') })]
}

export function printExplanation(explanation: PolicyExplanation, messages: Messages, out: Printer): void {
  const { policy } = messages
  const fields = fieldTexts(explanation.fields, messages)
  const rows: readonly (readonly [label: string, text: string])[] = [
    [policy.valid, timeText(explanation, messages)],
    [policy.bucket, explanation.bucket ?? policy.anyBucket],
    [policy.key, keyText(explanation, messages)],
    [policy.size, sizeText(explanation, messages)],
    [policy.signedBy, explanation.secretId ?? policy.unknownSigner],
    ...fields.map((text, index) => [index === 0 ? policy.fixedFields : '', text] as const),
  ]
  const columns = widest(rows.map(([label]) => label))
  out.line(policy.permits)
  for (const [label, text] of rows) {
    const [first = '', ...rest] = wrapColumns(text, WRAP - columns - 4)
    out.line(`  ${out.style.quiet(padColumns(label, columns))}  ${first}`)
    for (const line of rest) out.line(' '.repeat(columns + 4) + line)
  }
  out.line()
  if (explanation.warnings.length === 0) return out.line(out.style.good(`✓ ${policy.noWarnings}`))
  out.line(out.style.title(policy.warnings({ count: String(explanation.warnings.length) })))
  for (const warning of explanation.warnings) {
    const mark = warning.severity === 'danger' ? out.style.bad('✗') : out.style.doubtful('!')
    const [first = '', ...rest] = wrapColumns(warningText(warning, messages), WRAP - 4)
    out.line(`  ${mark} ${first}`)
    for (const line of rest) out.line(`    ${line}`)
  }
}
