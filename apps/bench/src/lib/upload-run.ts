import type { Page } from 'playwright'
import type { Work } from '../pages/contender.ts'
import type { ContenderName, Source } from '../pages/main.ts'
import type { BenchBrowser } from './bench-browser.ts'
import type { Sink } from './start-sink.ts'

export interface UploadRun {
  readonly contender: ContenderName
  /** Paths of files on the disk, or files made in the page. */
  readonly source: readonly string[] | Exclude<Source, 'input'>
  readonly concurrency: number
  readonly proof?: boolean
}

/** The fields of one signed form, as the policy endpoint gives them. */
async function signedFields(policyUrl: string, size: number): Promise<Readonly<Record<string, string>>> {
  const reply = await fetch(policyUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ files: [{ name: 'file.bin', type: 'application/octet-stream', size }] }),
  })
  const body: unknown = await reply.json()
  if (!(body instanceof Object) || !('posts' in body) || !Array.isArray(body.posts)) throw new Error(`No policy: ${JSON.stringify(body)}`)
  return body.posts[0].fields
}

/** Puts the files in place and warms the library up; what it returns starts the upload and tells the seconds that it took. */
export async function prepareRun(page: Page, sink: Sink, { source, contender, ...run }: UploadRun): Promise<() => Promise<number>> {
  const { url, policyUrl } = sink
  const work: Work = {
    url,
    policyUrl,
    fields: await signedFields(policyUrl, 1000),
    concurrency: run.concurrency,
    proof: run.proof ?? false,
  }
  if ('count' in source) await page.evaluate((made) => window.bench.prepare(made), source)
  else {
    await page.setInputFiles('input', [...source])
    await page.evaluate(() => window.bench.prepare('input'))
  }
  await page.evaluate(([name, given]) => window.bench.warmUp(name, given), [contender, { ...work, proof: false }] as const)
  return () => page.evaluate(([name, given]) => window.bench.run(name, given), [contender, work] as const)
}

/** One run in a page of its own; resolves with the seconds that it took. */
export function uploadOnce(browser: BenchBrowser, sink: Sink, run: UploadRun): Promise<number> {
  return browser.withPage(async (page) => (await prepareRun(page, sink, run))())
}
