import { createHttpPolicySource, type PolicyReply } from '@cosdrop/core'
import { statSync } from 'node:fs'
import type { Work } from '../pages/contender.ts'
import type { BenchPage, ContenderName, Source } from '../pages/main.ts'
import { warmUpBytes } from '../pages/warm-up-bytes.ts'
import type { BenchBrowser } from './bench-browser.ts'
import type { BenchTab } from './quiet-tab.ts'
import type { Sink } from './start-sink.ts'

export interface UploadRun {
  readonly contender: ContenderName
  /** Paths of files on the disk, or files made in the page. */
  readonly source: readonly string[] | Exclude<Source, 'input'>
  readonly concurrency: number
  readonly proof?: boolean
  /** Each file is signed by the policy endpoint while uploading. @default one form that was signed before serves all */
  readonly sign?: boolean
}

/** One signed form, as the policy endpoint gives it for files of this size. */
async function signedForm(policyUrl: string, size: number): Promise<PolicyReply> {
  const source = createHttpPolicySource(policyUrl)
  return source({ files: [{ name: 'file.bin', type: 'application/octet-stream', size }] }, { signal: AbortSignal.timeout(10_000) })
}

/**
 * Puts the files in place, warms the library up and waits until the browser rests: what a library loads beside its first uploads is there then.
 * What it returns starts the upload and tells the seconds that it took.
 */
export async function prepareRun(
  browser: BenchBrowser,
  tab: BenchTab,
  sink: Sink,
  { source, contender, ...run }: UploadRun,
): Promise<() => Promise<number>> {
  const { url, policyUrl } = sink
  const size = 'count' in source ? source.bytes : statSync(source[0] ?? '').size
  const work: Work = {
    url,
    policy: await signedForm(policyUrl, size),
    policyUrl: run.sign ? policyUrl : null,
    concurrency: run.concurrency,
    proof: run.proof ?? false,
  }
  const warmUp = { ...work, policy: await signedForm(policyUrl, warmUpBytes), proof: false }
  const call = (name: keyof BenchPage, ...args: readonly unknown[]): Promise<unknown> =>
    tab.evaluate(`bench.${name}(${args.map((arg) => JSON.stringify(arg)).join()})`)
  if (!('count' in source)) await tab.setInputFiles('input', source)
  await call('prepare', 'count' in source ? source : 'input')
  await call('warmUp', contender, warmUp)
  await browser.rests()
  return async () => Number(await call('run', contender, work))
}

/** One run in a quiet tab of its own; resolves with the seconds that it took. */
export function uploadOnce(browser: BenchBrowser, sink: Sink, run: UploadRun): Promise<number> {
  return browser.withTab(async (tab) => (await prepareRun(browser, tab, sink, run))())
}
