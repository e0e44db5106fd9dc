import { createHash } from 'node:crypto'
import type { DriveReport, DrivenItem } from './drive-uploads.ts'
import { listVersions, type StoredVersion } from './list-versions.ts'
import { sampleFiles } from './sample-files.ts'
import type { FaultyServices } from './start-faulty-services.ts'

export interface Check {
  readonly seed: number
  readonly count: number
  readonly services: FaultyServices
  readonly report: DriveReport
}

export interface Verdict {
  /** What breaks a promise of the engine, in words. Empty when all is well. */
  readonly broken: readonly string[]
  readonly succeeded: number
  /** Files of which storage has more than one version. */
  readonly storedTwice: number
  /** POSTs that nobody but the browser sent: it repeats one by itself when a kept-alive connection breaks, and no page hears of it. */
  readonly resentByBrowser: number
}

const byName = (key: string): string => decodeURIComponent(key.slice(0, key.indexOf('/')))

function group<Value>(values: Iterable<Value>, nameOf: (value: Value) => string): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const name = nameOf(value)
    groups.set(name, [...(groups.get(name) ?? []), value])
  }
  return groups
}

function checkBytes(item: DrivenItem, stored: readonly StoredVersion[], size: number, md5: string): string | null {
  if (item.status !== 'success') return null
  const own = stored.filter(({ key, versionId }) => key === item.key && (item.versionId === null || versionId === item.versionId))
  if (own.length === 0) return `${item.name} is said to be stored, and is not in the bucket`
  const wrong = own.find((version) => version.size !== size || version.etag !== `"${md5}"`)
  if (wrong) return `${item.name} is stored with ${wrong.size} bytes and ETag ${wrong.etag} instead of ${size} and "${md5}"`
  if (item.etag !== null && item.etag !== `"${md5}"`) return `${item.name} is said to have the ETag ${item.etag}`
  return null
}

/** Holds what the engine said against what the bucket has. Every fault is off by then. */
export async function checkUploads({ seed, count, services, report: { items, leaks } }: Check): Promise<Verdict> {
  const { posts, told } = await services.report()
  const stored = group(await listVersions(services.cosUrl), ({ key }) => byName(key))
  const driven = new Map(items.map((item) => [item.name, item]))
  const broken: string[] = []
  let [storedTwice, resentByBrowser] = [0, 0]
  if (items.length !== count) broken.push(`${count - items.length} of ${count} files are lost`)
  for (const { name, bytes } of sampleFiles(seed, count)) {
    const item = driven.get(name)
    if (item === undefined) continue
    const versions = stored.get(name) ?? []
    if (!['success', 'error', 'canceled'].includes(item.status)) broken.push(`${name} was left ${item.status}`)
    const problem = checkBytes(item, versions, bytes.length, createHash('md5').update(bytes).digest('hex'))
    if (problem) broken.push(problem)
    const resent = item.sends.reduce((sum, send) => sum + Math.max(0, (posts[send] ?? 0) - 1), 0)
    resentByBrowser += resent
    if (versions.length > 1) storedTwice++
    if (versions.length > 1 + item.doubted + resent)
      broken.push(
        `${name} is stored ${versions.length} times, sent ${item.sends.length} times, doubted ${item.doubted} times: ${item.troubles.join(', ')}`,
      )
    if (new Set(versions.map(({ key }) => key)).size > 1 && item.doubted === 0) broken.push(`${name} is stored under two keys`)
  }
  for (const [key, times] of Object.entries(told)) if (times > 1) broken.push(`the app was told of ${key} ${times} times`)
  const { unhandled, listeners, ...counts } = leaks
  for (const [what, number] of Object.entries(counts)) if (number > 0) broken.push(`${number} ${what} were not given back`)
  if (listeners.length > 0) broken.push(`listeners were left: ${[...new Set(listeners)].join(', ')}`)
  broken.push(...unhandled.map((error) => `unhandled: ${error}`))
  return { broken, succeeded: items.filter(({ status }) => status === 'success').length, storedTwice, resentByBrowser }
}
