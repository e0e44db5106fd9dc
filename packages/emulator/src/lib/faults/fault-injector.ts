import type { EmulatorClock } from '../exchange/emulator-clock.ts'
import { ArmedFault, type FaultSubject } from './armed-fault.ts'
import type { Fault } from './fault.ts'
import { parseFault } from './parse-fault.ts'
import { RequestFaults } from './request-faults.ts'

/** The faults in force. Change them at any time; a request that is on its way keeps those that struck it. */
export class FaultInjector {
  readonly #clock: EmulatorClock
  #armed: readonly ArmedFault[] = []
  #made = 0

  constructor(faults: readonly Fault[], clock: EmulatorClock) {
    this.#clock = clock
    for (const fault of faults) this.add(fault)
  }

  /** Returns the fault's id. @throws {ConfigError} for one that could not do what it says */
  add(fault: Fault): string {
    const checked = parseFault(fault, '')
    const id = String(++this.#made)
    this.#armed = [...this.#armed, new ArmedFault(id, checked)]
    return id
  }

  /** Whether there was one of that id. */
  remove(id: string): boolean {
    const before = this.#armed.length
    this.#armed = this.#armed.filter((armed) => armed.id !== id)
    return this.#armed.length < before
  }

  clear(): void {
    this.#armed = []
  }

  all(): readonly ArmedFault[] {
    return this.#armed
  }

  /** @param subject read anew whenever something is decided: a form's key is known late */
  forRequest(subject: () => FaultSubject): RequestFaults {
    return new RequestFaults(this.#armed, subject, this.#clock)
  }
}
