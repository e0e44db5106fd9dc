import type { RequestCounts } from './admin/request-counts.ts'
import type { CredentialStore } from './auth/credential-store.ts'
import type { BucketRegistry } from './buckets/bucket-registry.ts'
import type { EmulatorConfig } from './config/emulator-config.ts'
import type { Digests } from './digests/digests.ts'
import type { EmulatorClock } from './exchange/emulator-clock.ts'
import type { FaultInjector } from './faults/fault-injector.ts'
import type { IdSource } from './exchange/id-source.ts'
import type { RequestLog } from './request-log/request-log.ts'
import type { UploadRegistry } from './uploads/upload-registry.ts'
import type { ObjectStorage } from './storage/object-storage.ts'

/** Everything that an operation may use. One for the life of an emulator. */
export interface Service {
  readonly config: EmulatorConfig
  readonly buckets: BucketRegistry
  readonly credentials: CredentialStore
  readonly storage: ObjectStorage
  readonly uploads: UploadRegistry
  readonly digests: Digests
  readonly clock: EmulatorClock
  readonly ids: IdSource
  readonly log: RequestLog
  readonly counts: RequestCounts
  readonly faults: FaultInjector
  /** Told of what should never happen: an error that is no refusal. */
  readonly reportFault: (error: unknown) => void
}
