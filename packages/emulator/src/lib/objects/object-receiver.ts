import { crc64Decimal, type RunningDigest } from '../digests/digests.ts'
import type { ByteSource } from '../exchange/cos-request.ts'
import type { Service } from '../service.ts'
import type { BlobWriter } from '../storage/object-storage.ts'
import { Throttle } from './throttle.ts'

/** The bytes of an object once they are all there. */
export interface ReceivedBytes {
  readonly blob: string
  readonly size: number
  /** Lower-case hex. */
  readonly md5: string
  /** Unsigned decimal. */
  readonly crc64: string
}

/** Takes an object's bytes as they arrive: hashes them, slows them down, hands them to the storage. */
export class ObjectReceiver {
  readonly #writer: BlobWriter
  readonly #md5: RunningDigest
  readonly #crc64: RunningDigest
  readonly #throttle: Throttle | null
  #size = 0

  private constructor(writer: BlobWriter, md5: RunningDigest, crc64: RunningDigest, throttle: Throttle | null) {
    this.#writer = writer
    this.#md5 = md5
    this.#crc64 = crc64
    this.#throttle = throttle
  }

  static async open(service: Service, trafficLimit: number | null): Promise<ObjectReceiver> {
    const [md5, crc64] = await Promise.all([service.digests.md5(), service.digests.crc64()])
    const throttle = trafficLimit === null ? null : new Throttle(service.clock, trafficLimit)
    return new ObjectReceiver(await service.storage.createBlob(), md5, crc64, throttle)
  }

  get size(): number {
    return this.#size
  }

  /** A promise only when the caller should wait before it brings more. */
  write(bytes: Uint8Array): Promise<unknown> | undefined {
    this.#size += bytes.length
    this.#md5.update(bytes)
    this.#crc64.update(bytes)
    const written = this.#writer.write(bytes)
    const slowed = this.#throttle?.take(bytes.length)
    return slowed === undefined ? written : Promise.all([written, slowed])
  }

  async finish(): Promise<ReceivedBytes> {
    return { blob: await this.#writer.finish(), size: this.#size, md5: this.#md5.hex(), crc64: crc64Decimal(this.#crc64.hex()) }
  }

  /** The bytes again, after `finish` and before an object takes them. */
  read(): ByteSource {
    return this.#writer.read()
  }

  /** Nothing of what was taken stays. */
  abort(): Promise<void> {
    return this.#writer.abort()
  }
}
