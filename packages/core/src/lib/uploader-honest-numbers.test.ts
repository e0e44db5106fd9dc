import { expect, test } from 'vitest'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { createUploaderFixture, type UploaderFixture } from './testing/uploader-fixture.ts'

const MB = 1_000_000

/** A file that only says how large it is. */
function sized(name: string, size: number): File {
  return Object.defineProperty(new File([], name), 'size', { value: size })
}

interface Link {
  /** Moves time on in steps of 50 ms; what the link takes is shared by all that are being sent. */
  readonly run: (seconds: number, rate: number) => Promise<void>
}

function createLink({ clock, storage }: UploaderFixture, { burst = 0, each = 0, answers = true } = {}): Link {
  const sent = new Map<ScriptedRequest, number>()
  let room = burst
  return {
    async run(seconds, rate) {
      for (let step = 0; step < seconds * 20; step += 1) {
        await clock.advance(50)
        const active = storage.active()
        for (const request of active) {
          const { size } = request.form.file
          const before = sent.get(request) ?? 0
          // A socket's buffer takes what it has room for at once.
          const extra = Math.min(before ? room : room + each, size - before)
          room -= Math.min(room, extra)
          const now = Math.min(size, before + rate / 20 / active.length + extra)
          if (now === before) continue
          sent.set(request, now)
          request.progress(now, now === size ? 'waiting' : 'sending')
          if (now === size && answers) request.succeed()
        }
      }
      await clock.advance(16)
    },
  }
}

/** Reads at each commit, as React does. */
function look({ uploader }: UploaderFixture): void {
  uploader.subscribe(() => void uploader.getSnapshot())
}

test.each([
  ['a socket buffer of 2 MB, then 500 KB/s', 2 * MB, 500_000],
  ['a socket buffer of 4 MB, then 1 MB/s', 4 * MB, MB],
  ['no buffer', 0, MB],
])('%s: the remaining time is right by a factor of 1.5 after five seconds', async (_, burst, rate) => {
  const fixture = createUploaderFixture()
  fixture.uploader.add([sized('a', 100 * MB)])
  await fixture.clock.advance(16)
  const link = createLink(fixture, { burst })
  await link.run(5, rate)
  const { totals, items } = fixture.uploader.getSnapshot()
  const truth = (totals.bytes - totals.sentBytes) / rate
  expect(totals.remainingSeconds! / truth).toBeGreaterThan(1 / 1.5)
  expect(totals.remainingSeconds! / truth).toBeLessThan(1.5)
  expect([...items][0]).toMatchObject({ speed: expect.closeTo(rate, -5.4) })
})

test.each([
  ['one', 1],
  ['three', 3],
])('beside a tiny file that is done at once, the remaining time of %s large ones never tells of their sockets’ buffers', async (_, count) => {
  const fixture = createUploaderFixture()
  fixture.uploader.add([sized('tiny', 10), ...Array.from({ length: count }, (_file, at) => sized(`${at}`, 100 * MB))])
  const off: number[] = []
  fixture.uploader.subscribe(() => {
    const { bytes, sentBytes, remainingSeconds } = fixture.uploader.getSnapshot().totals
    if (remainingSeconds !== null) off.push(remainingSeconds / ((bytes - sentBytes) / MB))
  })
  await fixture.clock.advance(16)
  await fixture.clock.advance(300)
  fixture.storage.requests[0]!.succeed()
  await fixture.clock.advance(300)
  await createLink(fixture, { each: 4 * MB }).run(6, MB)
  expect(Math.min(...off)).toBeGreaterThan(1 / 1.5)
  expect(Math.max(...off)).toBeLessThan(1.5)
})

test.each([2, 0.5])('a link that becomes %s times as fast is told within ten seconds', async (factor) => {
  const fixture = createUploaderFixture()
  fixture.uploader.add(['a', 'b', 'c', 'd'].map((name) => sized(name, 100 * MB)))
  await fixture.clock.advance(16)
  const link = createLink(fixture)
  await link.run(10, MB)
  await link.run(10, MB * factor)
  const { totals } = fixture.uploader.getSnapshot()
  expect(totals.speed! / (MB * factor)).toBeGreaterThan(0.9)
  expect(totals.speed! / (MB * factor)).toBeLessThan(1.1)
})

test.each([
  ['waits for storage’s reply', 'reply', 1],
  ['waits for storage’s reply, others behind it', 'reply', 100],
  ['stands still', 'stall', 1],
])('while a file %s the remaining time is no absurd one', async (_, what, more) => {
  const fixture = createUploaderFixture({ concurrency: 1 })
  fixture.uploader.add([sized('a', what === 'stall' ? 2_000 * MB : 10 * MB), ...Array.from({ length: more - 1 }, (_, i) => sized(`${i}`, 10 * MB))])
  await fixture.clock.advance(16)
  const link = createLink(fixture, { answers: false })
  await link.run(11, MB)
  const shown: (number | null)[] = []
  fixture.uploader.subscribe(() => shown.push(fixture.uploader.getSnapshot().totals.remainingSeconds))
  await fixture.clock.advance(what === 'stall' ? 29_000 : 100_000)
  expect(Math.max(...shown.map(Number))).toBeLessThan(360_000)
})

test('a line that stands still for half a minute puts no end off by hours, and nobody reads of a speed that is none', async () => {
  const fixture = createUploaderFixture()
  fixture.uploader.add([sized('a', 100 * MB)])
  await fixture.clock.advance(16)
  const link = createLink(fixture)
  await link.run(10, MB)
  const shown: (number | null)[] = []
  look(fixture)
  fixture.uploader.subscribe(() => shown.push(fixture.uploader.getSnapshot().totals.remainingSeconds))
  await link.run(29, 0)
  expect(Math.max(...shown.map(Number))).toBeLessThan(120)
  const { totals, items } = fixture.uploader.getSnapshot()
  expect([totals.speed, totals.remainingSeconds, ...items]).toMatchObject([null, null, { status: 'uploading', speed: null }])
  await link.run(2, MB)
  expect(fixture.uploader.getSnapshot().totals.remainingSeconds).toBeCloseTo(88, -1)
})

test('many small files that go out in one piece each make no remaining time that jumps', async () => {
  const fixture = createUploaderFixture({ concurrency: 3 })
  fixture.uploader.add(Array.from({ length: 300 }, (_, at) => sized(`${at}`, 100_000)))
  const shown: (number | null)[] = []
  fixture.uploader.subscribe(() => shown.push(fixture.uploader.getSnapshot().totals.remainingSeconds))
  for (let round = 0; round < 20; round++) {
    await fixture.clock.advance(2_500)
    if (round === 4) shown.length = 0
    for (const request of fixture.storage.active()) {
      request.progress(100_000, 'waiting')
      request.succeed()
    }
  }
  const jumps = shown.flatMap((seconds, at) => (at ? [(seconds ?? 0) / (shown[at - 1] ?? 0)] : []))
  expect(Math.max(...jumps)).toBeLessThan(1.1)
})

test('a small file whose reply comes late puts the end of the large one after it off by no hours', async () => {
  const fixture = createUploaderFixture({ concurrency: 1 })
  fixture.uploader.add([sized('small', 10_000), sized('large', 10 * MB)])
  const shown: (number | null)[] = []
  fixture.uploader.subscribe(() => shown.push(fixture.uploader.getSnapshot().totals.remainingSeconds))
  await fixture.clock.advance(250)
  fixture.storage.last().progress(10_000, 'waiting')
  await fixture.clock.advance(300)
  fixture.storage.last().succeed()
  await fixture.clock.advance(300)
  await createLink(fixture).run(5, MB)
  expect(Math.max(...shown.map(Number))).toBeLessThan(20)
})

test('while the one file that runs is asked about, the speed of all does not stay up', async () => {
  const fixture = createUploaderFixture({ concurrency: 1, confirm: () => new Promise(() => {}) })
  fixture.uploader.add([sized('a', 10 * MB), sized('b', 10 * MB)])
  await fixture.clock.advance(16)
  const link = createLink(fixture, { answers: false })
  await link.run(9, MB)
  look(fixture)
  fixture.storage.last().fail('outcome-unknown')
  await fixture.clock.advance(20_000)
  expect(fixture.statuses()).toEqual(['confirming', 'queued'])
  expect(fixture.uploader.getSnapshot().totals.speed ?? 0).toBeLessThan(100_000)
})

test('while the next file waits for its policy, the speed of all does not stay up', async () => {
  const fixture = createUploaderFixture({ concurrency: 1 }, { before: (_, count) => (count > 1 ? new Promise(() => {}) : undefined) })
  fixture.uploader.add([sized('a', 10 * MB)])
  await fixture.clock.advance(16)
  const link = createLink(fixture)
  await link.run(9, MB)
  look(fixture)
  fixture.uploader.add([sized('b', 10 * MB)])
  await link.run(1.2, MB)
  await fixture.clock.advance(20_000)
  expect(fixture.statuses()).toEqual(['success', 'signing'])
  expect(fixture.uploader.getSnapshot().totals.speed ?? 0).toBeLessThan(100_000)
})

test('bytes of which nobody knows whether they went out are no speed', async () => {
  const fixture = createUploaderFixture({ concurrency: 2, confirm: () => new Promise(() => {}) })
  fixture.uploader.add([sized('a', 1_000 * MB), sized('b', 1_000 * MB)])
  await fixture.clock.advance(16)
  const link = createLink(fixture)
  await link.run(10, MB)
  fixture.storage.active()[0]!.fail('sent-unknown')
  await fixture.clock.advance(1_000)
  await link.run(0.5, MB)
  expect(fixture.statuses()).toEqual(['confirming', 'uploading'])
  expect(fixture.uploader.getSnapshot().totals.speed).toBeLessThan(1.5 * MB)
})

test('a file that is asked about is not told as sent whole', async () => {
  const fixture = createUploaderFixture({ confirm: () => new Promise(() => {}) })
  fixture.uploader.add([sized('a', 10 * MB)])
  await fixture.clock.advance(16)
  const link = createLink(fixture)
  await link.run(2, MB)
  fixture.storage.last().fail('sent-unknown')
  await fixture.clock.advance(1_000)
  expect(fixture.statuses()).toEqual(['confirming'])
  const { totals } = fixture.uploader.getSnapshot()
  expect(totals.sentBytes).toBeLessThan(totals.bytes)
})
