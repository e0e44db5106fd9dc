import { CosError } from '../errors/cos-error.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { ByteSource } from '../exchange/cos-request.ts'
import type { EmulatorClock } from '../exchange/emulator-clock.ts'
import { paced } from '../objects/paced.ts'
import type { ArmedFault, FaultSubject } from './armed-fault.ts'
import { ConnectionCut } from './connection-cut.ts'
import type { Fault, FaultKind } from './fault.ts'
import { cutReply, hideHeaders, withoutCors } from './spoil-reply.ts'

type Effect<Kind extends FaultKind> = Extract<Fault, { readonly kind: Kind }>

/** What goes wrong with one request. Every fault is decided once: at the beginning, or when the form has said its key. */
export class RequestFaults {
  readonly #subject: () => FaultSubject
  readonly #clock: EmulatorClock
  readonly #struck: Fault[] = []
  readonly #done = new Set<Fault>()
  #undecided: readonly ArmedFault[]

  constructor(armed: readonly ArmedFault[], subject: () => FaultSubject, clock: EmulatorClock) {
    this.#undecided = armed
    this.#subject = subject
    this.#clock = clock
  }

  /** The faults that struck this request, for the log. */
  get struck(): readonly Fault[] {
    return this.#struck
  }

  /** Milliseconds that the emulator's clock is ahead of the truth. */
  get clockOffset(): number {
    return this.#of('clock-skew').reduce((sum, { seconds }) => sum + seconds * 1000, 0)
  }

  /** Before the call is handled. @throws {CosError} SlowDown, InternalError @throws {ConnectionCut} */
  async begin(): Promise<void> {
    await this.#trouble()
    const { method } = this.#subject()
    // An upload is cut when its body is there, any other call at once.
    if (method !== 'POST' && method !== 'PUT') this.#cut('before-store')
  }

  /** After the whole body was read, just before the object is stored. @throws {CosError} SlowDown, InternalError @throws {ConnectionCut} */
  async beforeStore(): Promise<void> {
    await this.#trouble()
    this.#cut('before-store')
  }

  /** The request's body, slowed down and cut. */
  body(source: ByteSource): ByteSource {
    // With no fault in force, nothing may stand between a large upload and its storage.
    return this.#undecided.length === 0 && this.#struck.length === 0 ? source : this.#spoilt(source)
  }

  async *#spoilt(source: ByteSource): ByteSource {
    let received = 0
    for await (const chunk of paced(source, () => this.#pace(), this.#clock)) {
      const left = Math.min(...this.#of('drop').map(({ afterBytes }) => afterBytes)) - received
      if (left < chunk.length) throw new ConnectionCut(`drop after ${received + Math.max(left, 0)} bytes`)
      received += chunk.length
      yield chunk
    }
  }

  /** The reply as it goes out, all headers on. @throws {ConnectionCut} */
  reply(reply: CosReply): CosReply {
    this.#cut('after-store')
    let spoilt = reply
    if (spoilt.status >= 400 && this.#of('no-cors-on-errors').length > 0) spoilt = withoutCors(spoilt)
    for (const { headers } of this.#of('hidden-headers')) spoilt = hideHeaders(spoilt, headers)
    for (const { afterBytes } of this.#of('truncated-reply')) spoilt = cutReply(spoilt, afterBytes)
    const { body } = spoilt
    return this.#pace() === null || body === null ? spoilt : { ...spoilt, body: paced(body, () => this.#pace(), this.#clock) }
  }

  #cut(when: 'before-store' | 'after-store'): void {
    if (this.#of('reset').some((fault) => fault.when === when)) throw new ConnectionCut(`reset ${when}`)
  }

  /** Delays and refusals, each once: those for a form's key come when the key is known. */
  async #trouble(): Promise<void> {
    for (const fault of this.#of('delay')) if (this.#once(fault)) await this.#clock.sleep(fault.milliseconds)
    const explanation = {
      condition: 'No fault strikes.',
      value: 'a fault of the config or of the admin endpoint',
      fix: 'Remove the fault, or try again.',
    }
    for (const { retryAfterSeconds: seconds } of this.#of('slow-down')) {
      throw new CosError('SlowDown', { explanation, ...(seconds !== undefined && { headers: { 'Retry-After': String(seconds) } }) })
    }
    if (this.#of('internal-error').length > 0) throw new CosError('InternalError', { explanation })
    for (const { code } of this.#of('error')) throw new CosError(code, { explanation })
  }

  #once(fault: Fault): boolean {
    if (this.#done.has(fault)) return false
    this.#done.add(fault)
    return true
  }

  #pace(): number | null {
    const paces = this.#of('bandwidth').map(({ bytesPerSecond }) => bytesPerSecond)
    return paces.length === 0 ? null : Math.min(...paces)
  }

  #of<Kind extends FaultKind>(kind: Kind): readonly Effect<Kind>[] {
    this.#decide()
    return this.#struck.filter((fault): fault is Effect<Kind> => fault.kind === kind)
  }

  #decide(): void {
    // Asked for each piece of a body, mostly where no fault is in force.
    if (this.#undecided.length === 0) return
    const subject = this.#subject()
    this.#undecided = this.#undecided.filter((armed) => {
      const fits = armed.fits(subject)
      if (fits === true && armed.strike()) this.#struck.push(armed.fault)
      return fits === null
    })
  }
}
