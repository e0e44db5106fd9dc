import type { EmulatorClock } from '../exchange/emulator-clock.ts'

/** Time that a test moves by hand. A sleeper wakes as soon as its time has come. */
export class ManualClock implements EmulatorClock {
  #now: number
  #sleepers: readonly { readonly until: number; readonly wake: () => void }[] = []

  constructor(now: number = Date.UTC(2026, 10, 21, 12)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers = [...this.#sleepers, { until: this.#now + ms, wake }]
    })
  }

  get sleeping(): number {
    return this.#sleepers.length
  }

  advance(ms: number): void {
    this.#now += ms
    const due = this.#sleepers.filter(({ until }) => until <= this.#now)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now)
    for (const { wake } of due) wake()
  }
}

/** Time that passes at once: every sleep is over before it begins, and is written down. */
export class LeapingClock implements EmulatorClock {
  #now: number
  readonly slept: number[] = []

  constructor(now: number = Date.UTC(2026, 10, 21, 12)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms)
    this.#now += ms
    return Promise.resolve()
  }
}
