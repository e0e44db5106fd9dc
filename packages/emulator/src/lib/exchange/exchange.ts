import { encodeKeyPath } from '@cosdrop/protocol'
import { anonymous, type Caller } from '../auth/caller.ts'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import type { RequestFaults } from '../faults/request-faults.ts'
import type { Service } from '../service.ts'
import type { Address } from './address.ts'
import type { CosRequest } from './cos-request.ts'

/** One request on its way through the emulator: what it asks, and what has been learned about it so far. */
export class Exchange {
  readonly service: Service
  readonly request: CosRequest
  readonly address: Address
  readonly requestId: string
  /** The object's key. POST Object learns it from the form. */
  key: string | null
  operation: string | null = null
  caller: Caller = anonymous
  readonly faults: RequestFaults
  /** Body bytes read so far. */
  receivedBytes = 0

  constructor(service: Service, request: CosRequest, address: Address, requestId: string) {
    this.service = service
    this.request = request
    this.address = address
    this.requestId = requestId
    this.key = address.key
    this.faults = service.faults.forRequest(() => ({ method: request.method, bucket: address.bucket, key: this.key }))
  }

  /** Milliseconds since 1970, by a clock that a fault may have put wrong. */
  now(): number {
    return this.service.clock.now() + this.faults.clockOffset
  }

  /** The value of a query parameter; `null` when it is not there, empty for `?name`. Names are compared without regard to case. */
  param(name: string): string | null {
    const lower = name.toLowerCase()
    return this.address.params.find(([other]) => other.toLowerCase() === lower)?.[1] ?? null
  }

  header(name: string): string | null {
    return this.request.headers.get(name)
  }

  /** @throws {CosError} NoSuchBucket and the ways in which a bucket can be closed */
  bucket(): Bucket {
    const bucket = this.address.bucket === null ? null : this.service.buckets.get(this.address.bucket)
    if (bucket === null || (this.address.region !== null && this.address.region !== bucket.region)) throw this.#noSuchBucket()
    if (this.address.accelerate && !bucket.accelerate) {
      const fix = `Send to ${bucket.name}.cos.${bucket.region}.…, or set "accelerate": true for the bucket.`
      const explanation = { condition: 'The bucket has global acceleration.', value: 'it is off', fix }
      throw new CosError('BucketAccelerateNotEnabled', { explanation })
    }
    if (bucket.frozen) {
      const explanation = { condition: 'The bucket is not frozen.', value: 'it is', fix: 'Set "frozen": false for the bucket in the config.' }
      throw new CosError('UnavailableForLegalReasons', { explanation })
    }
    return bucket
  }

  /** `http://<host>/<key>`: COS writes http whatever the client uses (facts 1.13). */
  location(key: string): string {
    return `http://${this.address.base}${encodeKeyPath(key)}`
  }

  /** The error XML's Resource. */
  resource(bare: boolean): string {
    return bare || this.key === null ? this.address.base : `${this.address.base}/${this.key}`
  }

  /** The body, counted. @throws {CosError} IncompleteBody when it is shorter than its Content-Length, EntitySizeNotMatch when longer */
  async *receive(): AsyncGenerator<Uint8Array, void, undefined> {
    const expected = this.request.contentLength
    for await (const chunk of this.faults.body(this.request.body)) {
      this.receivedBytes += chunk.length
      if (expected !== null && this.receivedBytes > expected) throw this.#wrongLength('EntitySizeNotMatch', expected)
      yield chunk
    }
    if (expected !== null && this.receivedBytes < expected) throw this.#wrongLength('IncompleteBody', expected)
  }

  #wrongLength(code: 'IncompleteBody' | 'EntitySizeNotMatch', expected: number): CosError {
    const condition = `The body has as many bytes as Content-Length says: ${expected}.`
    return new CosError(code, {
      bareResource: true,
      explanation: { condition, value: `${this.receivedBytes} bytes`, fix: 'Send the whole body, or correct the Content-Length.' },
    })
  }

  #noSuchBucket(): CosError {
    const known = this.service.buckets.all().map((bucket) => `${bucket.name} (${bucket.region})`)
    const value = this.address.bucket === null ? null : `${this.address.bucket} (${this.address.region ?? 'no region in the host'})`
    const fix = `Use <bucket>.cos.<region>.<anything> as the host or /<bucket>/ as the path; the config has ${known.join(', ')}.`
    return new CosError('NoSuchBucket', { explanation: { condition: 'The host or path names a bucket of the config.', value, fix } })
  }
}
