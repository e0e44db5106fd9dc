import type { Clock } from '../clock.ts'
import type { RecoveryStore } from '../recovery/recovery.ts'
import { waitUnlessStopped } from '../wait-unless-stopped.ts'
import type { Chance } from './life-chance.ts'
import type { ManualClock } from './manual-clock.ts'
import type { Disk } from './recovery-disk.ts'

/** A page that may go at any moment, without a word: nothing is called back in it after that. */
export interface LifePage {
  readonly number: number
  /** Of its recovery. */
  readonly name: string
  readonly clock: Clock
  /** Timers that are still to come. */
  readonly timers: () => number
  readonly alive: () => boolean
  readonly die: () => void
  /** The disk as this page sees it. What is not done when it dies is not done at all, but for notes: the browser has them at once. */
  readonly disk: RecoveryStore
  /** Nothing waits for the disk. */
  readonly written: () => boolean
  /** The next note waits: it is not to go before the page has heard of the eighth last one. */
  readonly notesWait: () => boolean
}

let opened = 0

/**
 * @param slowness milliseconds that the disk takes at most
 * @param ownStore the disk is the app's own store, not the browser's
 */
export function createLifePage(number: number, time: ManualClock, disk: Disk, chance: Chance, slowness: () => number, ownStore: boolean): LifePage {
  const timers = new Set<object>()
  let alive = true
  let under = 0
  let acts = 0
  /** Of the notes until now, whether the page has heard of each. */
  const heard: boolean[] = []
  const later = async <Value>(act: () => Promise<Value>, most = slowness()): Promise<Value> => {
    under += 1
    await waitUnlessStopped(time, chance('disk', number, (acts += 1)) * most, () => {})
    if (!alive) return new Promise(() => {})
    return act().finally(() => (under -= 1))
  }
  return {
    number,
    name: `page ${(opened += 1)} of all lives`,
    clock: {
      now: time.now,
      after(ms, callback) {
        const timer = {}
        timers.add(timer)
        const stop = time.after(ms, () => void (timers.delete(timer) && alive && callback()))
        return () => void (timers.delete(timer) && stop())
      },
    },
    timers: () => timers.size,
    alive: () => alive,
    die() {
      alive = false
    },
    disk: {
      save: (records) => later(() => disk.save(records)),
      load: () => later(() => disk.load()).then((found) => later(async () => found)),
      // Apart from files, whose copying takes longer.
      note(all) {
        if (!alive) return new Promise(() => {})
        if (ownStore) return later(() => disk.note(all), 5)
        // On a busy device the page hears of it long after that.
        const noted = disk.note(all)
        const at = heard.push(false) - 1
        return later(() => noted, 2_000).finally(() => (heard[at] = true))
      },
      remove: (ids) => later(() => disk.remove(ids)),
      close() {},
    },
    written: () => under === 0,
    notesWait: () => heard.slice(0, -7).includes(false),
  }
}
