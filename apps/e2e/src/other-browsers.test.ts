import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleFiles } from './lib/faults/sample-files.ts'
import { runCheck, type DrivenBrowser } from './lib/other-browsers/driven-browser.ts'
import { launchFirefox } from './lib/other-browsers/launch-firefox.ts'
import { launchWebkit } from './lib/other-browsers/launch-webkit.ts'
import { sampleBytes } from './lib/sample-bytes.ts'
import type { SeenItem } from './lib/seen-item.ts'
import { startPageServices, type PageServices, type Stored } from './lib/other-browsers/start-page-services.ts'
import { servePage, type ServedPage } from './lib/serve-page.ts'

const SEED = 20_261_121

let served: ServedPage
let services: PageServices
const folder = mkdtempSync(join(tmpdir(), 'cosdrop-chosen-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  served = await servePage(fileURLToPath(new URL('./lib/other-browsers/page', import.meta.url)))
})
afterAll(() => served.close())

/** Each of the seed's files is in the bucket once, byte for byte. */
async function expectStoredOnce(count: number): Promise<void> {
  const stored = await services.stored()
  const once = Array.from(sampleFiles(SEED, count), ({ name, bytes }) => {
    const own = stored.filter((version) => version.name === name)
    return { name, versions: own.length, same: own.every((version) => version.bytes.equals(bytes)) }
  })
  expect(once.filter(({ versions, same }) => versions !== 1 || !same)).toEqual([])
  expect(stored).toHaveLength(count)
}

/** How many requests met a fault. */
const struck = (): number => services.cos.faults.all().reduce((sum, { hits }) => sum + hits, 0)

function expectProven(items: readonly SeenItem[]): void {
  expect(items.filter(({ status, integrity }) => status !== 'success' || integrity !== 'verified')).toEqual([])
}

describe.each([
  { name: 'Firefox', launch: launchFirefox },
  { name: 'WebKit', launch: launchWebkit },
])('in $name', ({ name: engine, launch }) => {
  let browser: DrivenBrowser
  beforeAll(async () => {
    browser = await launch()
    console.log(browser.version)
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    services = await startPageServices()
    await browser.open(served.url)
  })
  const expectSilence = async (): Promise<void> => {
    const { complaints } = await runCheck(browser, 'hear', null)
    expect(complaints).toEqual([])
  }
  afterEach(expectSilence)
  afterEach(() => services.close())

  it('an error that nobody caught is heard, so that the other tests can trust in silence', async () => {
    await runCheck(browser, 'complain', 'on purpose')
    const { complaints } = await runCheck(browser, 'hear', null)
    expect(complaints).toEqual([expect.stringContaining('on purpose'), expect.stringContaining('on purpose')])
    await browser.open(served.url)
  })

  it('forty files are stored, each once and byte for byte, and proven by their CRC-64', async () => {
    const { policyUrl } = services
    const { items, retried } = await runCheck(browser, 'uploadMany', { seed: SEED, count: 40, policyUrl })
    expectProven(items)
    await expectStoredOnce(40)
    expect(retried).toEqual([])
  })

  it('progress of 32 MB only grows, stays below 100 % until the reply, and ends with what storage says of the object', async () => {
    const [name, size] = ['watched.bin', 32_000_000]
    // Slow enough that there is progress to see, and time between the last byte and the reply; the system's own buffers swallow 8 MB at once.
    services.cos.faults.add({ kind: 'bandwidth', bytesPerSecond: 16_000_000, method: 'POST' })
    const { item, told, shown, events } = await runCheck(browser, 'uploadWatched', { name, size, policyUrl: services.policyUrl })
    for (const seen of [told, shown]) {
      const sent = seen.map((progress) => progress.sent)
      expect(sent).toEqual(sent.toSorted((a, b) => a - b))
      expect(new Set(sent).size, JSON.stringify(seen)).toBeGreaterThanOrEqual(5)
      expect(seen.filter(({ sent: bytes, total }) => bytes >= total || total !== size)).toEqual([])
      const phases = seen.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1])
      expect(phases).toEqual(['sending', 'waiting'])
    }
    console.log(`${browser.version}: ${told.length} times progress, ${shown.length} of them in snapshots`)
    expect(events).toEqual(['upload-started', 'upload-succeeded'])
    const [object, ...others] = (await services.stored()).filter((version) => version.name === name)
    expect(others).toEqual([])
    expect(object?.bytes.equals(sampleBytes(size))).toBe(true)
    const { key, etag, versionId } = object!
    const request = services.cos.log.entries().find((entry) => entry.key === key)
    expect(item).toMatchObject({ status: 'success', integrity: 'verified', key, etag: `"${etag}"`, versionId, requestId: request?.requestId })
  })

  it('files arrive whole and once though every third request is dropped, turned away or met by an error', async () => {
    const { policyUrl, confirmUrl } = services
    const effects = [{ kind: 'drop', afterBytes: 0 }, { kind: 'slow-down' }, { kind: 'internal-error' }] as const
    services.fail((form) => (form % 3 === 0 ? effects[(form / 3) % 3] : undefined))
    const { items, retried, doubted } = await runCheck(browser, 'uploadMany', { seed: SEED, count: 30, policyUrl, confirmUrl })
    expectProven(items)
    console.log(`${browser.version}: ${struck()} requests failed, ${doubted.length} were in doubt, sent again after ${retried.join(', ')}`)
    expect(struck()).toBeGreaterThanOrEqual(10)
    expect(retried).toEqual(expect.arrayContaining(['SlowDown', 'InternalError']))
    // One more for each that failed.
    expect(services.forms).toHaveLength(30 + struck())
    // No fault comes after an object was stored: what was in doubt was asked for before it was sent again.
    await expectStoredOnce(30)
  })

  it('two files arrive whole and once though the connection is dropped four times in a row before the body is read', async () => {
    const { policyUrl, confirmUrl } = services
    services.fail((form) => (form <= 4 ? { kind: 'drop', afterBytes: 0 } : undefined))
    const { items, retried, doubted } = await runCheck(browser, 'uploadMany', { seed: SEED, count: 2, policyUrl, confirmUrl })
    expectProven(items)
    console.log(`${browser.version}: ${doubted.length} were in doubt, sent again after ${retried.join(', ')}`)
    expect(struck()).toBe(4)
    expect(retried.length + doubted.length).toBeGreaterThan(0)
    expect(services.forms).toHaveLength(2 + 4)
    await expectStoredOnce(2)
  })

  const loseEveryReply = (): void => services.fail(() => ({ kind: 'reset', when: 'after-store' }))

  /** Firefox sends a POST again by itself when a kept-alive connection breaks; a page neither sees nor forbids that. */
  async function expectNothingElseSent(count: number, sent: number): Promise<void> {
    console.log(`${browser.version}: ${count} files, sent ${sent} times by the engine and ${services.forms.length - sent} times more by the browser`)
    expect(sent).toBe(count)
    const stored = await services.stored()
    expect(stored).toHaveLength(services.forms.length)
    expectWhole(stored, count)
  }

  /** Every file is there, once or more, byte for byte, and nothing else. */
  function expectWhole(stored: readonly Stored[], count: number): void {
    const files = new Map(Array.from(sampleFiles(SEED, count), ({ name, bytes }) => [name, Buffer.from(bytes)]))
    expect(new Set(stored.map(({ name }) => name))).toEqual(new Set(files.keys()))
    expect(stored.filter(({ name, bytes }) => !files.get(name)?.equals(bytes))).toEqual([])
  }

  it('replies that are all lost after the objects were stored end in success, and the engine sends nothing again', async () => {
    loseEveryReply()
    const { policyUrl, confirmUrl } = services
    const { items, doubted, sent } = await runCheck(browser, 'uploadMany', { seed: SEED, count: 12, policyUrl, confirmUrl })
    expectProven(items)
    expect(doubted).toHaveLength(12)
    await expectNothingElseSent(12, sent)
  })

  it('without a confirm port replies that are lost are told as not known, and the engine sends nothing again', async () => {
    loseEveryReply()
    const { items, sent } = await runCheck(browser, 'uploadMany', { seed: SEED, count: 4, policyUrl: services.policyUrl })
    expect(items.map(({ code }) => code)).toEqual(Array(4).fill('outcome-unknown'))
    await expectNothingElseSent(4, sent)
  })

  it('a hundred files arrive though every other request fails, before, while or after it is stored', async () => {
    const { policyUrl, confirmUrl } = services
    const effects = [
      { kind: 'reset', when: 'after-store' },
      { kind: 'drop', afterBytes: 1000 },
      { kind: 'truncated-reply', afterBytes: 10 },
      { kind: 'reset', when: 'before-store' },
      { kind: 'error', code: 'RequestTimeout' },
      { kind: 'drop', afterBytes: 100_000 },
    ] as const
    services.fail((form) => (form % 2 === 0 ? effects[(form / 2) % effects.length] : undefined))
    const { items, retried, doubted, sent } = await runCheck(browser, 'uploadMany', { seed: SEED, count: 100, policyUrl, confirmUrl })
    const repeats = services.forms.length - sent
    console.log(
      `${browser.version}: ${struck()} of ${sent} requests failed, ${repeats} repeated by the browser, ${doubted.length} in doubt, ${retried.length} retried`,
    )
    expectProven(items)
    expect(struck()).toBeGreaterThanOrEqual(50)
    expect(doubted.length).toBeGreaterThan(0)
    expect(retried).toEqual(expect.arrayContaining(['RequestTimeout', 'network']))
    const stored = await services.stored()
    expectWhole(stored, 100)
    // What is there twice the browser has sent twice.
    expect(stored.length - 100).toBeLessThanOrEqual(repeats)
  })

  it('a canceled upload ends at once, stores nothing and closes its connection, and the next ones succeed', async () => {
    const [name, size] = ['canceled.bin', 32_000_000]
    services.cos.faults.add({ kind: 'bandwidth', bytesPerSecond: 16_000_000, method: 'POST', key: `${name}/*` })
    const seen = await runCheck(browser, 'cancelHalfway', { seed: SEED, name, size, policyUrl: services.policyUrl })
    expect(seen.canceled.status).toBe('canceled')
    expect(seen.later).toEqual(['upload-canceled'])
    expectProven([...seen.before, ...seen.after])
    const large = services.forms.filter(({ length }) => length > size)
    expect(large).toHaveLength(1)
    await expect.poll(() => large[0]!.socket.destroyed, { timeout: 10_000 }).toBe(true)
    const log = () => services.cos.log.entries().find(({ key }) => key?.startsWith(name))
    await expect.poll(log).toMatchObject({ operation: 'post-object' })
    console.log(`${browser.version}: canceled at ${seen.sent} bytes; storage had read ${log()?.receivedBytes}: ${JSON.stringify(log()?.outcome)}`)
    expect(log()?.outcome.kind).not.toBe('accepted')
    expect(log()?.receivedBytes).toBeLessThan(size)
    await expectStoredOnce(seen.before.length + seen.after.length)
  })

  it.each([1000, 5_000_000])('a refusal of %i bytes is told with the code and the request id of COS, and the next uploads succeed', async (size) => {
    const { refused, next } = await runCheck(browser, 'uploadRefused', { size, policyUrl: services.policyUrl })
    const requests = services.cos.log.entries().filter(({ outcome }) => outcome.kind === 'refused')
    expect(requests).toHaveLength(2)
    expect(refused).toMatchObject(
      requests.toReversed().map(({ requestId }) => ({
        status: 'error',
        code: 'service',
        httpStatus: 403,
        serviceCode: 'SignatureDoesNotMatch',
        requestId,
      })),
    )
    expectProven(next)
    expect((await services.stored()).map(({ name }) => name).toSorted()).toEqual(['next-1', 'next-2', 'next-3', 'next-4'])
  })

  it('a reply that came while the page stood still, for longer than it waits for one, is read', async () => {
    services.cos.faults.add({ kind: 'delay', milliseconds: 1_500, method: 'POST' })
    const { policyUrl } = services
    const items = await runCheck(browser, 'standStill', { policyUrl, replyTimeout: 2_000, from: 700, ms: 3_000 })
    expect(items).toMatchObject([{ status: 'success' }])
  })

  it('files are kept over a reload, or it is told that they are not', async () => {
    const { failures, found } = await runCheck(browser, 'keepFiles', { name: 'kept', policyUrl: services.policyUrl })
    console.log(`${browser.version}: kept ${found.length} of 2; told ${failures.join(', ') || 'nothing'}`)
    if (found.length === 2) expect(failures).toEqual([])
    else expect(failures).toEqual([expect.stringMatching(/^(?!null)/)])
  })

  describe.each([
    { what: 'deleted', change: (path: string) => rmSync(path) },
    { what: 'emptied', change: (path: string) => truncateSync(path, 0) },
    { what: 'cut short', change: (path: string) => truncateSync(path, 2_000_000) },
  ])('a file that was $what after it was chosen', ({ what, change }) => {
    it.each([false, true])('fails at once as unreadable, and is not sent again; Content-MD5: %s', { timeout: 20_000 }, async (contentMd5) => {
      const path = join(folder, `${what} ${contentMd5}.bin`)
      writeFileSync(path, sampleBytes(5_000_000))
      await browser.choose(path)
      // WebKit looks at the size when it is asked for.
      expect(await runCheck(browser, 'chosenSizes', null)).toEqual([5_000_000])
      change(path)
      const { policyUrl, confirmUrl } = services
      const items = await runCheck(browser, 'uploadChosen', { policyUrl, confirmUrl, contentMd5 })
      expect(items).toMatchObject([{ status: 'error', code: 'file-unreadable' }])
      expect(services.forms.length).toBeLessThanOrEqual(1)
    })
  })

  // Firefox keeps no page in its back/forward cache that is uploading.
  it.runIf(engine === 'WebKit')(
    'a file that was left in mid-upload by a link is sent once its page comes back, and not called unreadable',
    async () => {
      const size = 40_000_000
      const path = join(folder, 'left.bin')
      writeFileSync(path, sampleBytes(size))
      services.cos.faults.add({ kind: 'bandwidth', bytesPerSecond: 8_000_000, method: 'POST' })
      await browser.choose(path)
      const { policyUrl, confirmUrl } = services
      await runCheck(browser, 'leaveHalfway', { size, policyUrl, confirmUrl })
      await expect.poll(() => services.forms[0]?.socket.destroyed, { timeout: 10_000 }).toBe(true)
      const cameBack = () => runCheck(browser, 'cameBack', null)
      await expect.poll(cameBack, { timeout: 20_000 }).toMatchObject([{ status: 'success', integrity: 'verified' }])
      const stored = await services.stored()
      expect(stored.map(({ bytes }) => bytes.equals(sampleBytes(size)))).toEqual([true])
    },
  )

  describe('XMLHttpRequest does what the engine takes for granted', () => {
    it('the last progress of a body, with loaded === total, comes before load', async () => {
      const sizes = [0, 1, 300_000, 8_000_000]
      const probed = await runCheck(browser, 'probeOrder', { policyUrl: services.policyUrl, sizes })
      const said = `${browser.version}: ${JSON.stringify(probed)}`
      console.log(said)
      expect(probed.map(({ size }) => size)).toEqual(sizes)
      for (const { events } of probed) {
        const whole = events.filter((event) => event !== 'upload progress, part')
        expect(whole, said).toEqual(['upload progress, whole', 'upload load, whole', 'upload loadend, whole', 'load 204'])
      }
    })
  })
})
