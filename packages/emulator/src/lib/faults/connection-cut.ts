/**
 * A fault cut the connection: there is no reply, or no more of it. The Node server breaks the socket; `fetch` rejects with this, which is
 * a TypeError, as a failed fetch is.
 */
export class ConnectionCut extends TypeError {
  override readonly name = 'ConnectionCut'

  /** `reset after-store`, `drop after 1000 bytes`. */
  readonly what: string

  constructor(what: string) {
    super(`Failed to fetch: a fault of the emulator cut the connection (${what}).`)
    this.what = what
  }
}
