import type { Messages } from '../messages/messages.ts'
import type { Printer } from '../terminal/printer.ts'
import { corsJson, MOST_RULES, writeCorsXml } from './cors-configuration.ts'
import type { DoctorReport } from './examine.ts'
import type { CorsRepair } from './repair-cors.ts'

function printBlock(text: string, out: Printer): void {
  for (const line of text.trimEnd().split('\n')) out.line(`    ${line}`)
  out.line()
}

/** What to paste where, so that the page can upload. */
export function printRepair({ repair, rules, missing, preflight }: DoctorReport, { doctor }: Messages, out: Printer): void {
  switch (repair.kind) {
    case 'none':
      // Only rules that were read are known to be right.
      if (rules.outcome === 'read' && (missing.length > 0 || preflight.outcome !== 'allowed')) out.line(doctor.repairElsewhere)
      return
    case 'full':
      out.line(doctor.repairFull({ most: String(MOST_RULES) }))
      return
    case 'extend':
    case 'add': {
      const seen = rules.outcome === 'read'
      out.line()
      out.line(
        repair.kind === 'extend' ? doctor.repairExtend({ number: String(repair.index + 1) }) : seen ? doctor.repairAdd : doctor.repairAddUnseen,
      )
      out.line()
      out.line(`  ${out.style.quiet(doctor.asJson)}`)
      printBlock(JSON.stringify(corsJson(repair.configuration), null, 2), out)
      out.line(`  ${out.style.quiet(doctor.asXml)}`)
      printBlock(writeCorsXml(repair.configuration), out)
      if (seen) out.line(doctor.applyHint)
      return
    }
    default:
      return repair satisfies never
  }
}

/** What `--apply` is about to write, rule by rule. Nothing is ever taken out, so there are no minus signs. */
export function printDifference(repair: CorsRepair, rules: DoctorReport['rules'], { doctor }: Messages, out: Printer): void {
  if (repair.kind !== 'extend' && repair.kind !== 'add') return
  const plus = (text: string): void => out.line(`  ${out.style.good(`+ ${text}`)}`)
  const number = repair.kind === 'extend' ? repair.index + 1 : (rules.outcome === 'read' ? rules.count : 0) + 1
  out.line()
  out.line(out.style.title(doctor.difference))
  out.line(`  ${doctor.differenceRule({ number: String(number) })}`)
  if (repair.kind === 'extend') for (const header of repair.headers) plus(`ExposeHeader ${header}`)
  else {
    for (const origin of repair.rule.origins) plus(`AllowedOrigin ${origin}`)
    for (const method of repair.rule.methods) plus(`AllowedMethod ${method}`)
    for (const header of repair.rule.allowedHeaders) plus(`AllowedHeader ${header}`)
    for (const header of repair.rule.exposeHeaders) plus(`ExposeHeader ${header}`)
    plus(`MaxAgeSeconds ${repair.rule.maxAgeSeconds ?? ''}`)
  }
  out.line()
}
