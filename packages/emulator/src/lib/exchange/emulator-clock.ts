/** Time as the emulator sees it: wall clock, since policies and signatures speak of it. Tests move it by hand. */
export interface EmulatorClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>
}

export const systemClock: EmulatorClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
