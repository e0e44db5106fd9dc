import type { Clock } from '../clock.ts'
import type { RecoveryStore } from '../recovery/recovery.ts'
import { waitUnlessStopped } from '../wait-unless-stopped.ts'
import type { Chance } from './life-chance.ts'
import type { ManualClock } from './manual-clock.ts'
import type { Disk } from './recovery-disk.ts'

/** A page that may go at any moment, without a word: nothing is called back in it after that. */
export interface LifePage {
  readonly number: number
  readonly clock: Clock
  /** Timers that are still to come. */
  readonly timers: () => number
  readonly alive: () => boolean
  readonly die: () => void
  /** The disk as this page sees it. What is not done when it dies is not done at all. */
  readonly disk: RecoveryStore
  /** Nothing waits for the disk. */
  readonly written: () => boolean
}

/** @param slowness milliseconds that the disk takes at most */
export function createLifePage(number: number, time: ManualClock, disk: Disk, chance: Chance, slowness: () => number): LifePage {
  const timers = new Set<object>()
  let alive = true
  let under = 0
  let acts = 0
  const later = async <Value>(act: () => Promise<Value>, most = slowness()): Promise<Value> => {
    under += 1
    await waitUnlessStopped(time, chance('disk', number, (acts += 1)) * most, () => {})
    if (!alive) return new Promise(() => {})
    return act().finally(() => (under -= 1))
  }
  return {
    number,
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
      note: (all) => later(() => disk.note(all), 5),
      remove: (ids) => later(() => disk.remove(ids)),
      close() {},
    },
    written: () => under === 0,
  }
}
