export type { UploadCallbacks } from './lib/upload-callbacks.ts'
export { UploaderProvider, useUploaderContext } from './lib/uploader-context.ts'
export { useCosUpload, type CosUpload, type UseCosUploadOptions } from './lib/use-cos-upload.ts'
export { useDropzone, type Dropzone, type DropzoneOptions, type InputProps, type RootProps, type TriggerProps } from './lib/use-dropzone.ts'
export {
  useQueueState,
  useRejections,
  useUnstarted,
  useUploadIds,
  useUploadItem,
  useUploadSnapshot,
  useUploadTotals,
  type QueueState,
} from './lib/use-upload-state.ts'
export { useUploader, type UseUploaderOptions } from './lib/use-uploader.ts'
export { usePolicyLimits } from './lib/use-policy-limits.ts'
