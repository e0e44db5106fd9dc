import { parseArgs } from 'node:util'
import { createPostPolicy } from '@cosdrop/server'
import { commonOptions, doctorOptions } from '../arguments/option-tables.ts'
import { parseOptions } from '../arguments/parse-options.ts'
import { findCredentials, needCredentials } from '../arguments/read-credentials.ts'
import { bucketAddress, httpUrl, pageOrigin, required } from '../arguments/read-values.ts'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import type { BucketAccess } from '../cos/bucket-access.ts'
import { describeRefusal } from '../cos/describe-refusal.ts'
import type { ExitCode } from '../exit-code.ts'
import { corsJson, writeCorsXml } from './cors-configuration.ts'
import { putCors } from './cors-calls.ts'
import { examine, type DoctorQuestion, type DoctorReport } from './examine.ts'
import { printReport } from './print-report.ts'
import { printDifference, printRepair } from './print-repair.ts'

/** What `--json` prints of a report: the findings as they are, the repair as it can be pasted. */
function reportJson({ repair, healthy, ...findings }: DoctorReport): Readonly<Record<string, unknown>> {
  const configuration = repair.kind === 'extend' || repair.kind === 'add' ? repair.configuration : null
  return {
    ok: healthy,
    ...findings,
    repair: repair.kind,
    ...(configuration !== null && { configuration: { json: corsJson(configuration), xml: writeCorsXml(configuration) } }),
  }
}

function bucketUrlOf(address: BucketAccess['address']): string {
  // The signer knows how an address becomes a URL, and refuses a name that is none.
  return createPostPolicy({ ...address, key: 'x', size: { max: 1 } }).sign({ secretId: 'x', secretKey: 'x' }).url
}

/** Writes what is missing and looks again. */
async function apply(question: DoctorQuestion, report: DoctorReport, context: CommandContext): Promise<DoctorReport> {
  const { messages, io } = context
  const { repair } = report
  if (repair.kind !== 'extend' && repair.kind !== 'add') return report
  // Rules that could not be read must not be replaced: PUT Bucket cors writes them all at once.
  if (report.rules.outcome === 'refused') {
    throw new CommandError('failure', 'rules-unreadable', messages.doctor.applyRefused({ reason: describeRefusal(report.rules, messages) }))
  }
  const credentials = question.credentials ?? needCredentials({}, undefined, messages)
  const refused = await putCors({ ...question.access, credentials }, repair.configuration)
  if (refused !== null)
    throw new CommandError('failure', refused.code ?? 'apply-refused', messages.doctor.applyRefused({ reason: describeRefusal(refused, messages) }))
  io.signal.throwIfAborted()
  return examine(question)
}

/** `cosdrop doctor`. 1 when uploads from the page will not work as they should. */
export async function runDoctor(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { messages, io, out, json } = context
  const { values, positionals } = parseOptions(
    () => parseArgs({ args: [...args], options: { ...commonOptions, ...doctorOptions }, allowPositionals: true }),
    messages,
  )
  const [extra] = positionals
  if (extra !== undefined) throw new CommandError('usage', 'usage', messages.usage.unexpectedArgument({ argument: extra }))
  const address = bucketAddress(values, messages)
  const origin = pageOrigin(required(values.origin, '--origin', messages), '--origin', messages)
  const redirect = values.redirect === undefined ? null : httpUrl(values.redirect, '--redirect', messages)
  const credentials =
    values.apply === true ? needCredentials(io.env, values['secret-id'], messages) : findCredentials(io.env, values['secret-id'], messages)
  const access: BucketAccess = { address, url: bucketUrlOf(address), fetch: io.fetch, signal: io.signal, now: io.now }
  const question = { access, credentials, origin, redirect, prefix: values.prefix ?? 'cosdrop-doctor/' }

  const first = await examine(question)
  const about = { bucket: `${address.bucket} (${address.region})`, url: access.url, origin }
  if (!json) printReport(about, first, messages, out)
  if (values.apply !== true || first.repair.kind === 'none' || first.repair.kind === 'full') {
    if (json) context.printJson({ ...about, ...reportJson(first), applied: false })
    else printRepair(first, messages, out)
    return first.healthy ? 0 : 1
  }
  if (!json) printDifference(first.repair, first.rules, messages, out)
  const second = await apply(question, first, context)
  if (json) context.printJson({ ...about, ...reportJson(second), applied: true, before: reportJson(first) })
  else {
    out.line(out.style.title(messages.doctor.applied))
    out.line()
    printReport(about, second, messages, out)
    printRepair(second, messages, out)
  }
  return second.healthy ? 0 : 1
}
