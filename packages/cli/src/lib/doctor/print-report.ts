import { describeRefusal } from '../cos/describe-refusal.ts'
import type { Messages } from '../messages/messages.ts'
import type { Printer } from '../terminal/printer.ts'
import { padColumns, widest, WRAP, wrapColumns } from '../terminal/text-width.ts'
import type { DoctorReport } from './examine.ts'

interface Line {
  readonly state: 'good' | 'bad' | 'doubtful' | 'skipped'
  readonly label: string
  readonly text: string
  /** Below it, without a mark. */
  readonly more?: readonly string[]
}

const plain = (text: string): string => text
const MARKS = { good: '✓', bad: '✗', doubtful: '!', skipped: '–' } as const

function preflightLine({ preflight }: DoctorReport, messages: Messages): Line {
  const { doctor, duration } = messages
  const label = doctor.preflight
  switch (preflight.outcome) {
    case 'allowed':
      if (!preflight.maxAge) return { state: 'doubtful', label, text: doctor.preflightAllowedUncached }
      return { state: 'good', label, text: doctor.preflightAllowed({ maxAge: duration(preflight.maxAge) }) }
    case 'other-origin':
      return { state: 'bad', label, text: doctor.preflightOther({ origin: preflight.allowOrigin ?? doctor.nobody }) }
    case 'refused':
      return { state: 'bad', label, text: doctor.preflightRefused({ reason: describeRefusal(preflight, messages) }) }
    default:
      return preflight satisfies never
  }
}

function rulesLine({ rules }: DoctorReport, messages: Messages): Line {
  const { doctor } = messages
  const label = doctor.rules
  switch (rules.outcome) {
    case 'skipped':
      return { state: 'skipped', label, text: doctor.skipped[rules.reason] }
    case 'refused':
      return { state: 'doubtful', label, text: doctor.refused({ reason: describeRefusal(rules, messages) }) }
    case 'read': {
      const count = String(rules.count)
      if (rules.count === 0) return { state: 'bad', label, text: doctor.noRules }
      if (rules.matched === null) return { state: 'bad', label, text: doctor.noRuleMatched({ count }) }
      const number = String(rules.matched)
      const text = rules.id === null ? doctor.ruleMatched({ number, count }) : doctor.ruleMatchedNamed({ number, count, id: rules.id })
      return { state: 'good', label, text }
    }
    default:
      return rules satisfies never
  }
}

function leftBehind({ removed, key }: { readonly removed: boolean; readonly key: string }, { doctor }: Messages): readonly string[] {
  return removed ? [] : [doctor.leftBehind({ key })]
}

function uploadLine({ upload }: DoctorReport, messages: Messages): Line {
  const { doctor } = messages
  const label = doctor.upload
  if (upload.outcome === 'skipped') return { state: 'skipped', label, text: doctor.skipped[upload.reason] }
  if (upload.outcome === 'refused') return { state: 'bad', label, text: doctor.refused({ reason: describeRefusal(upload, messages) }) }
  const blank = upload.blankFields ? [] : [doctor.blankFieldsRefused]
  const left = leftBehind(upload, messages)
  const more = [...blank, ...left]
  if (upload.integrity === 'mismatch') return { state: 'bad', label, text: doctor.storedMismatch, more }
  if (!upload.readable) return { state: 'bad', label, text: doctor.storedUnreadable, more }
  const [text = upload.integrity === 'verified' ? doctor.storedVerified : doctor.stored] = left
  return { state: more.length === 0 ? 'good' : 'doubtful', label, text, more: blank }
}

function readableLine({ missing, preflight }: DoctorReport, { doctor }: Messages): Line {
  const label = doctor.readable
  if (missing.length === 0) return { state: 'good', label, text: doctor.allReadable }
  return { state: preflight.outcome === 'allowed' ? 'bad' : 'skipped', label, text: doctor.unreadable({ headers: missing.join(', ') }) }
}

function redirectLine({ redirect }: DoctorReport, messages: Messages): Line {
  const { doctor } = messages
  const label = doctor.redirect
  switch (redirect.outcome) {
    case 'skipped':
      return { state: 'skipped', label, text: doctor.skipped[redirect.reason] }
    case 'refused':
      return { state: 'bad', label, text: doctor.refused({ reason: describeRefusal(redirect, messages) }) }
    case 'ignored':
      return { state: 'bad', label, text: doctor.redirectIgnored({ status: String(redirect.status) }), more: leftBehind(redirect, messages) }
    case 'redirected': {
      const landing = redirect.landingStatus === null ? doctor.landingSilent : doctor.landingAnswered({ status: String(redirect.landingStatus) })
      const incomplete = redirect.complete ? [] : [doctor.redirectIncomplete]
      const more = [...incomplete, landing, ...redirect.readers.map((reader) => doctor.readers[reader]), ...leftBehind(redirect, messages)]
      const state = !redirect.complete ? 'bad' : redirect.landingStatus === null || !redirect.removed ? 'doubtful' : 'good'
      return { state, label, text: doctor.redirected({ location: redirect.location }), more }
    }
    default:
      return redirect satisfies never
  }
}

/** Whom the report is about. */
export interface ReportHead {
  readonly bucket: string
  readonly url: string
  readonly origin: string
}

export function printReport({ bucket, url, origin }: ReportHead, report: DoctorReport, messages: Messages, out: Printer): void {
  const { doctor } = messages
  const { style } = out
  const heads = [
    [doctor.bucket, bucket],
    [doctor.address, url],
    [doctor.page, origin],
  ] as const
  const lines = [preflightLine, rulesLine, uploadLine, readableLine, redirectLine].map((make) => make(report, messages))
  const columns = widest([...heads.map(([label]) => label), ...lines.map(({ label }) => label)])
  const paint = { good: style.good, bad: style.bad, doubtful: style.doubtful, skipped: style.quiet }
  for (const [label, text] of heads) out.line(`  ${style.quiet(padColumns(label, columns))}  ${text}`)
  out.line()
  for (const { state, label, text, more = [] } of lines) {
    const shown = state === 'skipped' ? style.quiet : plain
    const [first = '', ...rest] = wrapColumns(text, WRAP - columns - 4)
    out.line(`${paint[state](MARKS[state])} ${padColumns(label, columns)}  ${shown(first)}`)
    for (const line of [...rest, ...more]) out.line(`  ${' '.repeat(columns)}  ${shown(line)}`)
  }
  out.line()
  if (!report.healthy) out.line(style.bad(doctor.unhealthy))
  else if (report.upload.outcome === 'skipped') out.line(doctor.healthyUntried)
  else out.line(style.good(doctor.healthy))
}
