export { systemClock, type Clock } from './lib/clock.ts'
export type { ConfirmedObject, ConfirmPort, ConfirmReply, ConfirmRequest } from './lib/confirm/confirm-port.ts'
export { createHttpConfirmPort } from './lib/confirm/http-confirm-port.ts'
export { browserConnectivity, type Connectivity } from './lib/connectivity.ts'
export { createUploader } from './lib/create-uploader.ts'
export type { EndpointOptions } from './lib/endpoint/post-json.ts'
export { buildPostForm, type PostFormParts } from './lib/form/build-post-form.ts'
export { createPostForm, type PostForm } from './lib/form/post-form.ts'
export type { Hasher, HasherOptions } from './lib/hashing/hasher.ts'
export { fetchPolicyLimits } from './lib/policy/fetch-policy-limits.ts'
export type { PolicyLimits } from './lib/policy/read-policy-limits.ts'
export { createHttpPolicySource } from './lib/policy/http-policy-source.ts'
export type { PolicyFile, PolicyReply, PolicyRequest, PolicySource, SignedPost } from './lib/policy/policy-source.ts'
export type { Progress } from './lib/progress.ts'
export type { RecoveredItem, RecoveryStore, SentNote } from './lib/recovery/recovery.ts'
export { reportItem, type ItemReport } from './lib/report/report-item.ts'
export { readLanding } from './lib/response/read-landing.ts'
export { MAX_OBJECT_BYTES, type RedirectParameters } from '@cosdrop/protocol'
export type { ServiceProblem } from './lib/response/service-problem.ts'
export type { Accept, FileRejection, RejectionCode, RejectionReason, Restrictions } from './lib/restrict/restrictions.ts'
export type { RetryOptions } from './lib/retry-options.ts'
export { createBrowserTransport, type BrowserTransportOptions, type UploadWay } from './lib/transport/choose-transport.ts'
export { createFetchTransport, type FetchTransportOptions } from './lib/transport/fetch-transport.ts'
export type { Transport, TransportOptions, TransportReply } from './lib/transport/transport.ts'
export { createXhrTransport, type XhrTransportOptions } from './lib/transport/xhr-transport.ts'
export {
  CosUploadError,
  isCosUploadError,
  type AnyUploadError,
  type NetworkProbe,
  type UploadErrorCode,
  type UploadErrorDetails,
} from './lib/upload-error.ts'
export {
  isBusy,
  isSettled,
  type SettledItem,
  type UploadItem,
  type UploadItemBase,
  type UploadItemIn,
  type UploadState,
  type UploadStatus,
} from './lib/upload-item.ts'
export type { Integrity, ObjectEncryption, ResultDiagnostic, UploadResult } from './lib/upload-result.ts'
export type { FileInput, Uploader, UploaderOptions } from './lib/uploader.ts'
export type { Probe } from './lib/uploader-settings.ts'
export type { UploaderEvent } from './lib/uploader-events.ts'
export type { UploadItems, UploaderSnapshot, UploadTotals } from './lib/uploader-snapshot.ts'
