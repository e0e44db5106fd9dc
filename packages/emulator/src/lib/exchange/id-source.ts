import type { EmulatorClock } from './emulator-clock.ts'

/** So many random bytes. */
export type RandomBytes = (length: number) => Uint8Array

export const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

const MAX_UINT64 = 2n ** 64n - 1n

export function hexOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** When a version came to be, in microseconds since 1970, by its id (facts 1.19); `null` for what is no such id. */
export function microsecondsOf(versionId: string): number | null {
  const text = /^[A-Za-z\d]{27}$/.test(versionId) ? atob(versionId) : ''
  return /^\d{20}$/.test(text) ? Number(MAX_UINT64 - BigInt(text)) : null
}

/** Ids in the formats that were seen in COS's samples (facts 1.19, §5). */
export class IdSource {
  readonly #clock: EmulatorClock
  readonly #random: RandomBytes
  #lastMicroseconds = 0n

  constructor(clock: EmulatorClock, random: RandomBytes) {
    this.#clock = clock
    this.#random = random
  }

  /** Base64 of `<hex unix seconds>_<hex ip>_<hex>_<hex>`. */
  requestId(): string {
    const seconds = Math.floor(this.#clock.now() / 1000).toString(16)
    const loopback = '7f000001'
    return btoa(`${seconds}_${loopback}_${hexOfBytes(this.#random(2))}_${hexOfBytes(this.#random(2))}`)
  }

  /** Base64 of 128 hex digits. */
  traceId(): string {
    return btoa(hexOfBytes(this.#random(64)))
  }

  /** Unpadded Base64 of 2^64-1-microseconds: a later version sorts first. Never the same twice, even within one microsecond. */
  versionId(): string {
    const now = BigInt(Math.floor(this.#clock.now())) * 1000n
    this.#lastMicroseconds = now > this.#lastMicroseconds ? now : this.#lastMicroseconds + 1n
    return btoa(String(MAX_UINT64 - this.#lastMicroseconds)).replace(/=+$/, '')
  }

  /** 32 hex digits: the ETag of an object whose ETag is not its MD5, and names of temporary files. */
  opaque(): string {
    return hexOfBytes(this.#random(16))
  }
}
