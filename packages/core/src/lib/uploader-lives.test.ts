import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import { createUploader } from './create-uploader.ts'
import { createChance } from './testing/life-chance.ts'
import { createLifeDoubts } from './testing/life-doubts.ts'
import { complainOfSnapshot, createEventJudge } from './testing/life-judge.ts'
import { createLifePage } from './testing/life-page.ts'
import { createLifeStorage, nameOf, type Sending } from './testing/life-storage.ts'
import { createLifeWishes } from './testing/life-wishes.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createDisk } from './testing/recovery-disk.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import { storedReply } from './testing/stored-reply.ts'
import type { RecoveryStore, RecoveryStoreOptions } from './recovery/recovery.ts'
import { isBusy, isSettled, type UploadItem } from './upload-item.ts'
import type { Uploader, UploaderOptions } from './uploader.ts'
import { waitUnlessStopped } from './wait-unless-stopped.ts'

/** What the browser's own store is given by, of a page. */
const browsers = new Map<string, RecoveryStore>()
vi.mock('./recovery/recovery.ts', () => ({ createRecoveryStore: ({ name = '' }: RecoveryStoreOptions) => browsers.get(name) }))

const anyApp = fc.record({
  seed: fc.nat(),
  concurrency: fc.integer({ min: 1, max: 3 }),
  autoUpload: fc.boolean(),
  lookAhead: fc.constantFrom(0, 2, 99),
  confirms: fc.constantFrom('never', 'when-unknown', 'always'),
  recovers: fc.constantFrom(true, true, false),
  /** The store is the app's own, not the browser's. */
  ownStore: fc.boolean(),
  prepares: fc.boolean(),
  trouble: fc.constantFrom(0, 0.3, 0.6),
  /** Milliseconds that the disk takes. */
  slowness: fc.constantFrom(0, 40, 5_000),
  life: fc.constantFrom(900_000, 3_000),
})
type App = typeof anyApp extends fc.Arbitrary<infer Of> ? Of : never

/** What people do. */
const acts = {
  cancel: (uploader, id) => uploader.cancel(id),
  retry: (uploader, id) => uploader.retry(id),
  again(uploader, id) {
    uploader.cancel(id)
    uploader.retry(id)
  },
  cancelAll: (uploader) => uploader.cancel(),
  retryAll: (uploader) => uploader.retry(),
  remove: (uploader, id) => uploader.remove(id),
  clear: (uploader) => uploader.clear(),
  start: (uploader, id) => uploader.start(id),
  first: (uploader, id) => uploader.setPriority(id, 1),
  move: (uploader, id) => uploader.move(id, 0),
  pause: (uploader) => uploader.pause(),
  resume: (uploader) => uploader.resume(),
} satisfies Record<string, (uploader: Uploader, id: string) => void>
const world = ['add', 'upload', 'reload', 'restore', 'destroy', 'offline', 'online', 'promises'] as const
type Step = keyof typeof acts | (typeof world)[number] | 'time'
const anyStep = fc.tuple(
  fc.oneof(
    fc.constantFrom<Step>(...(Object.keys(acts) as (keyof typeof acts)[])),
    fc.constantFrom<Step>(...world),
    fc.constant<Step>('time'),
    fc.constantFrom<Step>('add', 'time', 'reload'),
  ),
  fc.nat(60),
)

/** Storage may have it, and a person is to decide. */
function isInDoubt(item: UploadItem): boolean {
  return item.status === 'error' && ['outcome-unknown', 'reply-malformed'].includes(item.error.code)
}

/** Milliseconds after which what happened to an upload is noted: a frame, and the disk's time. */
const noted = 45

function createLife({ seed, confirms, recovers, ownStore, prepares, trouble, slowness, life, ...options }: App) {
  const chance = createChance(seed)
  const time = createManualClock()
  const disk = createDisk()
  let calm = false
  const storage = createLifeStorage(time, chance, () => (calm ? 0 : trouble))
  const policy = createScriptedPolicySource({ clock: time, life, before: (_request, count) => pause(chance('policy', count) * 300) })
  const complaints: string[] = []
  const complain = (...all: readonly string[]): void => void complaints.push(...all)
  const doubts = createLifeDoubts(storage, confirms !== 'never')
  const wishes = createLifeWishes()
  const promises = new Set<string>()
  let pages = 0
  let files = 0
  let questions = 0

  function pause(ms: number): Promise<void> {
    return waitUnlessStopped(time, ms, () => {})
  }
  const confirm: ConfirmPort = async ({ key }) => {
    await pause(chance('confirm', (questions += 1)) * 200)
    const object = storage.objects.get(key)
    if (!object) doubts.absent(key)
    return object ? storedReply({ key, size: object.size }) : { outcome: 'absent' }
  }
  const prepare: UploaderOptions['prepare'] = async (file, { name }) => {
    await pause(chance('prepare', name) * 300)
    return chance('renames', name) < 0.3 ? new File([file.slice(0, file.size / 2)], `prepared-${name}`) : file
  }

  const open = () => {
    const page = createLifePage((pages += 1), time, disk, chance, () => (calm ? 0 : slowness), ownStore)
    browsers.set(page.name, page.disk)
    const listeners = new Set<() => void>()
    let online = true
    const active = new Set<Sending>()
    const begins = (sending: Sending): void => {
      complain(...doubts.complainOf(sending))
      for (const each of active.add(sending)) if (each.over) active.delete(each)
      if (active.size > options.concurrency) complain(`${active.size} at once`)
    }
    const uploader = createUploader({
      ...options,
      policy: policy.source,
      transport: storage.transportOf(page, () => online, begins),
      hasher: async ({ size }) => ({ crc64: String(size) }),
      clock: page.clock,
      connectivity: { online: () => online, subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
      random: () => 0.5,
      ...(recovers && { recovery: ownStore ? page.disk : page.name }),
      ...(prepares && { prepare }),
      ...(confirms !== 'never' && { confirm, confirmWhen: confirms }),
    })
    const items = () => [...uploader.getSnapshot().items]
    const events = createEventJudge(storage, doubts, complain)
    let owing = false
    uploader.onEvent((event) => {
      if (!page.alive()) return
      if (event.type === 'queue-settled') owing = false
      events(event)
    })
    uploader.subscribe(() => {
      if (!page.alive()) return
      owing ||= !items().every((item) => isSettled(item) || item.unstarted)
      complain(...complainOfSnapshot(uploader))
    })
    const tellNetwork = (now: boolean): void => {
      online = now
      listeners.forEach((listener) => listener())
    }
    return { page, uploader, items, tellNetwork, owing: () => owing, listening: () => listeners.size }
  }
  let here = open()

  const wantedAnew = (name: string): void => doubts.excuse((each) => each.name === nameOf(name))
  /** What people do not want any more, and what they want after all. Without a server to ask what they end and want again is sent again. */
  const notice = (before: ReadonlyMap<string, string>): void => {
    for (const { id, name, status } of here.items()) {
      if (before.get(id) !== status && status === 'canceled') wishes.unwant(id)
      if (!isSettled(here.uploader.getItem(id)!)) wishes.want(id)
      if (before.get(id) !== status && confirms === 'never') wantedAnew(name)
    }
    for (const id of before.keys()) if (!here.uploader.getItem(id)) wishes.unwant(id)
  }
  const statuses = (): ReadonlyMap<string, string> => new Map(here.items().map(({ id, status }) => [id, status]))
  const newFile = () => {
    const name = `${here.page.number}.${(files += 1)}`
    return new File([new Uint8Array([0, 1, 10, 5_000][Math.floor(chance('size', name) * 4)]!)], name)
  }
  const restore = async (): Promise<void> => {
    const { page, uploader } = here
    const gone = wishes.gone()
    for (const id of await uploader.restore()) {
      if (gone.has(id)) complain(`${id} is back`)
      if (page.alive() && uploader.getItem(id)?.status !== 'canceled') wishes.want(id)
    }
  }
  const lookAtDisk = (): void => {
    if (recovers && here.page.written()) complain(...wishes.complainOfDisk(here.uploader, disk))
  }
  const reload = async (): Promise<void> => {
    const soon = (ownStore ? noted : 1) + (prepares ? slowness * 2 : 0)
    if (here.page.notesWait()) doubts.excuse(() => true)
    doubts.excuse(({ at, outAt, toldAt }) => time.now() - Math.max(at, toldAt ?? outAt ?? 0) < soon)
    // The turn in which it goes comes to its end.
    await new Promise((resolve) => setImmediate(resolve))
    const inDoubt = confirms === 'never' && here.page.written() ? here.items().filter(isInDoubt) : []
    here.page.die()
    here = open()
    await Promise.all([restore(), time.advance(calm ? 0 : slowness * 2)])
    for (const { id, name } of inDoubt) {
      const status = here.uploader.getItem(id)?.status ?? 'error'
      if (status !== 'error') complain(`${name}, in doubt, is ${status} after a reload`)
    }
  }
  return {
    complaints,
    time,
    here: () => here,
    async step(name: Step, n: number): Promise<void> {
      const { uploader, tellNetwork } = here
      const { ids } = uploader.getSnapshot()
      const busy = here.items().flatMap((item) => (isBusy(item) ? item.id : []))
      const before = statuses()
      if (name === 'time') {
        await time.advance([1, 16, 100, 100, 300, 300, 1_000, 1_000, 5_000, 40_000][n % 10]!)
        lookAtDisk()
      } else if (name === 'promises') for (let turn = 0; turn < n; turn += 1) await Promise.resolve()
      else if (name === 'reload') {
        if (recovers) await reload()
      } else if (name === 'restore') void restore()
      else if (name === 'offline' || name === 'online') tellNetwork(name === 'online')
      else if (name === 'add') uploader.add(Array.from({ length: 1 + (n % 4) }, newFile))
      else if (name === 'upload') {
        const promise = `upload ${here.page.number} ${files}`
        promises.add(promise)
        void uploader.upload([newFile(), newFile()]).then((settled) => {
          promises.delete(promise)
          if (!settled.every(isSettled)) complain(`${promise} is over before its files are`)
        })
      } else if (name === 'destroy') {
        // A part that is being loaded keeps nothing.
        await time.advance(0)
        for (const { name: of, status } of here.items()) if (status !== 'success' && confirms === 'never') wantedAnew(of)
        uploader.destroy()
        await time.advance(0)
      } else acts[name](uploader, (n % 2 ? busy : ids)[n % (n % 2 ? busy : ids).length] ?? '')
      if (name !== 'destroy' && name !== 'reload' && name !== 'time' && name !== 'promises') notice(before)
    },
    /** From here on all goes well. */
    async end(): Promise<void> {
      calm = true
      const goOn = async (): Promise<void> => {
        here.tellNetwork(true)
        here.uploader.resume()
        for (let round = 0; round < 40 && (round < 2 || !here.items().every(isSettled)); round += 1) {
          here.uploader.start()
          await time.advance(20_000)
        }
        for (const item of here.items()) if (!isSettled(item)) complain(`${item.name} is ${item.status} for ever`)
        if (here.owing()) complain('it is not told that all is over')
        if (here.page.timers()) complain(`${here.page.timers()} timers are left`)
      }
      await goOn()
      lookAtDisk()
      for (const promise of promises) if (promise.startsWith(`upload ${here.page.number} `)) complain(`${promise} never ends`)
      if (recovers) {
        await reload()
        await time.advance(0)
        for (const id of wishes.kept()) if (!here.uploader.getItem(id)) complain(`${id} is lost`)
        await goOn()
      }
      here.uploader.add([newFile(), newFile()])
      await time.advance(200)
      here.uploader.destroy()
      await time.advance(0)
      if (here.page.timers() || here.listening()) complain('timers or listeners are left by destroy')
    },
  }
}

test('whatever happens in the life of a list, over reloads, every file ends, none is lost, and none is stored twice without a word', async () => {
  await fc.assert(
    fc.asyncProperty(anyApp, fc.array(anyStep, { maxLength: 40, size: 'max' }), async (app, todo) => {
      const life = createLife(app)
      for (const [name, n] of todo) await life.step(name, n)
      await life.end()
      expect(life.complaints).toEqual([])
    }),
    { numRuns: 150 },
  )
})
