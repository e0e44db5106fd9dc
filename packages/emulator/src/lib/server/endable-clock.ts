import type { EmulatorClock } from '../exchange/emulator-clock.ts'

/** Time of a server that may end before a sleeper's time has come: what it sleeps for, nobody would be there to see. */
export class EndableClock implements EmulatorClock {
  readonly #clock: EmulatorClock
  readonly #asleep = new Set<() => void>()
  #isOver = false

  constructor(clock: EmulatorClock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now()
  }

  sleep(ms: number): Promise<void> {
    if (this.#isOver) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#asleep.delete(wake)
        resolve()
      }
      this.#asleep.add(wake)
      void this.#clock.sleep(ms).then(wake)
    })
  }

  /** Wakes everybody; from now on nobody sleeps. */
  end(): void {
    this.#isOver = true
    for (const wake of this.#asleep) wake()
  }
}
