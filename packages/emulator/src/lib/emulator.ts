import { RequestCounts } from './admin/request-counts.ts'
import { CredentialStore } from './auth/credential-store.ts'
import { BucketRegistry } from './buckets/bucket-registry.ts'
import { demoConfig } from './config/demo-config.ts'
import type { EmulatorConfigInput } from './config/emulator-config.ts'
import { parseConfig } from './config/parse-config.ts'
import { wasmDigests, type Digests } from './digests/digests.ts'
import type { CosReply } from './exchange/cos-reply.ts'
import type { CosRequest } from './exchange/cos-request.ts'
import { systemClock, type EmulatorClock } from './exchange/emulator-clock.ts'
import { fetchRequest, fetchResponse } from './exchange/fetch-adapter.ts'
import { IdSource, systemRandom, type RandomBytes } from './exchange/id-source.ts'
import { FaultInjector } from './faults/fault-injector.ts'
import { handleRequest } from './handle-request.ts'
import { RequestLog } from './request-log/request-log.ts'
import type { Service } from './service.ts'
import { MemoryStorage } from './storage/memory-storage.ts'
import type { ObjectStorage } from './storage/object-storage.ts'
import { UploadRegistry } from './uploads/upload-registry.ts'

export interface EmulatorOptions {
  /** @default the demo: bucket `examplebucket-1250000000`, the key pair of the official page */
  readonly config?: EmulatorConfigInput
  /** @default in memory */
  readonly storage?: ObjectStorage
  /** @default the system's */
  readonly clock?: EmulatorClock
  /** Where ids come from. @default `crypto.getRandomValues` */
  readonly random?: RandomBytes
  /** @default WebAssembly, which runs everywhere */
  readonly digests?: Digests
  /** Told of an error inside the emulator; the client gets InternalError. @default `console.error` */
  readonly onFault?: (error: unknown) => void
}

export interface Emulator {
  /** Answers one request as COS would. Rejects when the request's body fails while it is read, and with `ConnectionCut` when a fault cuts the connection. */
  fetch(request: Request): Promise<Response>
  /** The same, below `Request` and `Response`: for servers. @throws {ClientGone} when the body ended because the client went away, {ConnectionCut} */
  handle(request: CosRequest): Promise<CosReply>
  readonly service: Service
}

/** A strict local COS, without a network: hand it requests. It runs in Node and in browsers. @throws {ConfigError} */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { clock = systemClock, random = systemRandom } = options
  const config = parseConfig(options.config ?? demoConfig)
  const service: Service = {
    config,
    buckets: new BucketRegistry(config.buckets),
    credentials: new CredentialStore(config.credentials),
    storage: options.storage ?? new MemoryStorage(),
    uploads: new UploadRegistry(),
    digests: options.digests ?? wasmDigests,
    clock,
    ids: new IdSource(clock, random),
    log: new RequestLog(),
    counts: new RequestCounts(),
    faults: new FaultInjector(config.faults, clock),
    // oxlint-disable-next-line no-console -- a fault of the emulator itself must not pass unseen in somebody's tests
    reportFault: options.onFault ?? ((error) => console.error(error)),
  }
  const handle = (request: CosRequest): Promise<CosReply> => handleRequest(service, request)
  return {
    service,
    handle,
    fetch: async (request) => fetchResponse(await handle(fetchRequest(request))),
  }
}
