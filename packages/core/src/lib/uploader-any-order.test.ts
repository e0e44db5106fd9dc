import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { storedReply } from './testing/stored-reply.ts'
import { createUploaderFixture, files, type UploaderFixture } from './testing/uploader-fixture.ts'
import { isSettled } from './upload-item.ts'

const reply = { ETag: '"e"', 'x-cos-hash-crc64ecma': '42' }

/** What people, storage, the network and the app's own parts may do, each with a number to choose by. */
const steps = {
  add: ({ uploader }, n) => void uploader.add(files(['a', 'b', 'c'].slice(n % 3))),
  cancel: ({ uploader }, _n, id) => uploader.cancel(id),
  retry: ({ uploader }, _n, id) => uploader.retry(id),
  again({ uploader }, _n, id) {
    uploader.cancel(id)
    uploader.retry(id)
  },
  cancelAll: ({ uploader }) => uploader.cancel(),
  retryAll: ({ uploader }) => uploader.retry(),
  start: ({ uploader }, _n, id) => uploader.start(id),
  prioritize: ({ uploader }, n, id) => uploader.setPriority(id, n % 3),
  move: ({ uploader }, n, id) => uploader.move(id, n % 4),
  remove: ({ uploader }, _n, id) => uploader.remove(id),
  pause: ({ uploader }) => uploader.pause(),
  resume: ({ uploader }) => uploader.resume(),
  destroy: ({ uploader }) => uploader.destroy(),
  goOffline: ({ network }) => network.goOffline(),
  goOnline: ({ network }) => network.goOnline(),
  store: (_, _n, _id, request) => request?.succeed(reply),
  progress: (_, n, _id, request) => (n % 3 ? request?.progress(n % 10) : request?.progress(10, 'waiting')),
  breakOff: (_, n, _id, request) => request?.fail(n % 2 ? 'network' : 'outcome-unknown'),
  refuse: (_, n, _id, request) => (n % 2 ? request?.refuse(503, 'SlowDown') : request?.refuse(403, 'AccessDenied', 'Request has expired')),
  async promises(_, n) {
    for (let turn = 0; turn < n; turn += 1) await Promise.resolve()
  },
  tasks: ({ run }) => run(),
  time: ({ clock }, n) => clock.advance(n * 200),
} satisfies Record<string, (fixture: UploaderFixture, n: number, id: string, request: ScriptedRequest | undefined) => unknown>

type Step = keyof typeof steps | 'answer'
const people: readonly Step[] = [
  'add',
  'cancel',
  'retry',
  'again',
  'cancel',
  'retry',
  'start',
  'remove',
  'pause',
  'resume',
  'destroy',
  'cancelAll',
  'retryAll',
  'prioritize',
  'move',
]
const world: readonly Step[] = [
  'goOffline',
  'goOnline',
  'store',
  'progress',
  'breakOff',
  'refuse',
  'answer',
  'promises',
  'tasks',
  'promises',
  'tasks',
  'time',
]
const anyStep = fc.tuple(fc.constantFrom(...people, ...world), fc.nat(30))
const anyApp = fc.record({
  concurrency: fc.integer({ min: 1, max: 3 }),
  autoUpload: fc.boolean(),
  lookAhead: fc.constantFrom(0, 2, 100),
  prepares: fc.boolean(),
  confirms: fc.constantFrom('never', 'when-unknown', 'always'),
  life: fc.constantFrom(900_000, 2_000),
  signsSlowly: fc.boolean(),
})

test('whatever is done in whatever order, no file is sent twice at once, every slot comes back, every file ends, and no timer is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyApp,
      fc.array(anyStep, { maxLength: 60, size: 'max' }),
      async ({ prepares, confirms, life, signsSlowly, ...options }, todo) => {
        /** Lets the app's own parts answer. */
        const gates: (() => void)[] = []
        const gate = (): Promise<void> => new Promise((resolve) => gates.push(resolve))
        const confirm: ConfirmPort = async ({ key, size }) =>
          storage.requests.some((request) => request.key === key) ? storedReply({ key, size }) : { outcome: 'absent' }
        const fixture = createUploaderFixture(
          {
            ...options,
            ...(prepares && { prepare: (file: Blob) => gate().then(() => file) }),
            ...(confirms !== 'never' && { confirm, confirmWhen: confirms }),
          },
          { life, ...(signsSlowly && { before: gate }) },
        )
        const { uploader, storage, network, clock, run, items } = fixture
        const lookAtSending = (): void => {
          const sending = storage.active().map(({ form }) => form.file)
          expect(new Set(sending).size).toBe(sending.length)
          const { totals } = uploader.getSnapshot()
          const counted = items().filter(({ status }) => status !== 'canceled')
          expect([totals.files, totals.canceled]).toEqual([counted.length, items().length - counted.length])
          expect(totals.bytes).toBe(counted.reduce((bytes, { size }) => bytes + size, 0))
          expect(sending.length).toBeLessThanOrEqual(options.concurrency)
        }
        const open = (): void => gates.splice(0).forEach((resolve) => resolve())

        for (const [name, n] of todo) {
          const { ids } = uploader.getSnapshot()
          const active = storage.active()
          if (name === 'answer') gates.shift()?.()
          else await steps[name](fixture, n, ids[n % ids.length] ?? '', active[n % active.length])
          lookAtSending()
        }

        // From here on all goes well.
        network.goOnline()
        uploader.resume()
        uploader.start()
        for (let round = 0; round < 60 && !items().every(isSettled); round += 1) {
          await clock.advance(20_000)
          open()
          for (const request of storage.active()) request.succeed(reply)
          lookAtSending()
        }
        expect(items().filter((item) => !isSettled(item))).toEqual([])
        const throttled = fixture.events.some((event) => event.type === 'upload-retried')
        const all = uploader.upload(files(['x', 'y', 'z']))
        for (let round = 0; round < 5; round += 1) {
          await run()
          open()
        }
        if (!throttled) expect(storage.active()).toHaveLength(options.concurrency)
        uploader.destroy()
        expect((await all).map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled'])
        await run()
        expect(clock.pending()).toBe(0)
        expect(storage.active()).toEqual([])
        expect(network.listeners()).toBe(0)
      },
    ),
    { numRuns: 300 },
  )
})
