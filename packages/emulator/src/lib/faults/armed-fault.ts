import type { Fault } from './fault.ts'
import { seededDraws } from './seeded-draws.ts'

/** What a fault can be matched against. `key` is `null` as long as it is unknown, or for a call to a bucket. */
export interface FaultSubject {
  readonly method: string
  readonly bucket: string | null
  readonly key: string | null
}

function matchesKey(pattern: string, key: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return key === pattern
  if (!key.startsWith(first)) return false
  const last = rest.pop() ?? ''
  let at = first.length
  for (const part of rest) {
    const found = key.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return key.length >= at + last.length && key.endsWith(last)
}

/** A fault in force: it counts its hits and draws its lots. */
export class ArmedFault {
  readonly id: string
  readonly fault: Fault
  readonly #draw: () => number
  #hits = 0

  constructor(id: string, fault: Fault) {
    this.id = id
    this.fault = fault
    this.#draw = seededDraws(fault.seed ?? 1)
  }

  get hits(): number {
    return this.#hits
  }

  /** How many requests it is still for; `null` when there is no end. */
  get remaining(): number | null {
    return this.fault.times === undefined ? null : this.fault.times - this.#hits
  }

  /** Whether it is meant for this request; `null` while that hangs on a key that is not known yet. */
  fits({ method, bucket, key }: FaultSubject): boolean | null {
    const { fault } = this
    const methods = typeof fault.method === 'string' ? [fault.method] : fault.method
    if (methods === undefined ? method === 'OPTIONS' : !methods.includes(method)) return false
    if (fault.bucket !== undefined && fault.bucket !== bucket) return false
    if (fault.key === undefined) return true
    return key === null ? null : matchesKey(fault.key, key)
  }

  /** Decides, once for each request that it fits, whether it strikes. */
  strike(): boolean {
    if (this.remaining === 0) return false
    if (this.fault.probability !== undefined && this.#draw() >= this.fault.probability) return false
    this.#hits++
    return true
  }
}
