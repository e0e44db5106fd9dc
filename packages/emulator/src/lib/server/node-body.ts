import type { IncomingMessage } from 'node:http'
import { ClientGone } from '../errors/cos-error.ts'

/**
 * The body of a request, pulled. Everything that has arrived comes as one piece, so that fast senders cost few turns of the event loop.
 * Ending the reading early leaves the connection alone: what to do with the rest is the server's decision.
 */
export class NodeBody implements AsyncIterable<Uint8Array> {
  readonly #request: IncomingMessage
  #failure: Error | null = null
  #wake: (() => void) | null = null
  #failed: () => void = () => undefined

  constructor(request: IncomingMessage) {
    this.#request = request
    this.failed = new Promise((resolve) => (this.#failed = resolve))
    const wake = (): void => this.#wake?.()
    request.on('readable', wake)
    request.on('close', () => {
      if (!request.readableEnded) this.fail(new ClientGone('The client went away in the middle of its request.'))
      wake()
    })
    request.on('error', (cause) => this.fail(new ClientGone('The connection broke in the middle of a request.', { cause })))
  }

  /** Whether somebody waits for bytes now: only then is their absence the client's doing. */
  get isAwaited(): boolean {
    return this.#wake !== null
  }

  /** Whoever reads gets this error in place of the next piece. */
  fail(error: Error): void {
    this.#failure ??= error
    this.#wake?.()
    this.#failed()
  }

  /** As `fail`, unless the whole body is here: it is read to its end, whatever comes after it. */
  endEarly(error: Error): void {
    if (!this.#request.complete) this.fail(error)
  }

  /** Resolves when no more will ever come, for whatever reason but the body's own end. */
  readonly failed: Promise<void>;

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: () => this.#next() }
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk: unknown = this.#failure === null ? this.#request.read() : null
      if (Buffer.isBuffer(chunk)) return { done: false, value: chunk }
      if (this.#failure !== null) throw this.#failure
      if (this.#request.readableEnded || (this.#request.complete && this.#request.readableLength === 0)) return { done: true, value: undefined }
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = null
    }
  }
}
