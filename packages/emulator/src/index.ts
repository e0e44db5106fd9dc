export { ConfigError } from './lib/config/config-reader.ts'
export { demoConfig } from './lib/config/demo-config.ts'
export type {
  BucketAcl,
  BucketConfig,
  BucketConfigInput,
  CorsMethod,
  CorsRule,
  CorsRuleInput,
  Credential,
  DefaultEncryption,
  EmulatorConfig,
  EmulatorConfigInput,
  KmsKey,
  Versioning,
} from './lib/config/emulator-config.ts'
export { parseConfig } from './lib/config/parse-config.ts'
export type { Digests, RunningDigest } from './lib/digests/digests.ts'
export { createEmulator, type Emulator, type EmulatorOptions } from './lib/emulator.ts'
export { ClientGone, CosError, type Explanation } from './lib/errors/cos-error.ts'
export type { CosErrorCode } from './lib/errors/error-table.ts'
export type { CosReply } from './lib/exchange/cos-reply.ts'
export type { ByteSource, CosRequest } from './lib/exchange/cos-request.ts'
export { systemClock, type EmulatorClock } from './lib/exchange/emulator-clock.ts'
export type { RandomBytes } from './lib/exchange/id-source.ts'
export type { RequestLogEntry, RequestOutcome } from './lib/request-log/request-log.ts'
export type { Service } from './lib/service.ts'
export { ConnectionCut } from './lib/faults/connection-cut.ts'
export type { Fault, FaultEffect, FaultKind, FaultTarget } from './lib/faults/fault.ts'
export { FaultInjector } from './lib/faults/fault-injector.ts'
export { MemoryStorage } from './lib/storage/memory-storage.ts'
export type { DeleteMarker, ObjectRecord, ObjectVersion, StoredEncryption } from './lib/storage/object-record.ts'
export type { BlobWriter, ObjectStorage } from './lib/storage/object-storage.ts'
