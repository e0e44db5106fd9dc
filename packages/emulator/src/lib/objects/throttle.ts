import type { EmulatorClock } from '../exchange/emulator-clock.ts'

/** `x-cos-traffic-limit`: holds the reading of a body to so many bits a second. */
export class Throttle {
  readonly #clock: EmulatorClock
  readonly #bytesPerMs: number
  readonly #start: number
  #bytes = 0

  constructor(clock: EmulatorClock, bitsPerSecond: number) {
    this.#clock = clock
    this.#bytesPerMs = bitsPerSecond / 8000
    this.#start = clock.now()
  }

  /** A promise when these bytes came too early. */
  take(bytes: number): Promise<void> | undefined {
    this.#bytes += bytes
    const early = this.#bytes / this.#bytesPerMs - (this.#clock.now() - this.#start)
    return early > 1 ? this.#clock.sleep(early) : undefined
  }
}
