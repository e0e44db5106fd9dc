import { CosError } from './errors/cos-error.ts'
import type { Exchange } from './exchange/exchange.ts'
import { abortMultipartUpload } from './operations/abort-multipart-upload.ts'
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts'
import { deleteBucketCors } from './operations/delete-bucket-cors.ts'
import { deleteBucketEncryption } from './operations/delete-bucket-encryption.ts'
import { deleteMultipleObjects } from './operations/delete-multiple-objects.ts'
import { deleteObject } from './operations/delete-object.ts'
import { fileHash } from './operations/file-hash.ts'
import { getBucketCors } from './operations/get-bucket-cors.ts'
import { getBucketEncryption } from './operations/get-bucket-encryption.ts'
import { getBucketVersioning } from './operations/get-bucket-versioning.ts'
import { getObject } from './operations/get-object.ts'
import { getService } from './operations/get-service.ts'
import { headBucket } from './operations/head-bucket.ts'
import { headObject } from './operations/head-object.ts'
import { initiateMultipartUpload } from './operations/initiate-multipart-upload.ts'
import { listMultipartUploads } from './operations/list-multipart-uploads.ts'
import { listObjectVersions } from './operations/list-object-versions.ts'
import { listObjects } from './operations/list-objects.ts'
import { listParts } from './operations/list-parts.ts'
import type { Operation } from './operations/operation.ts'
import { optionsObject } from './operations/options-object.ts'
import { postObject } from './operations/post-object.ts'
import { putBucketCors } from './operations/put-bucket-cors.ts'
import { putBucketEncryption } from './operations/put-bucket-encryption.ts'
import { putBucketVersioning } from './operations/put-bucket-versioning.ts'
import { putObject } from './operations/put-object.ts'
import { uploadPart } from './operations/upload-part.ts'
import { subresourceOf } from './subresource.ts'

export interface Route {
  readonly method: string
  /** `any`: with or without a key. */
  readonly scope: 'service' | 'bucket' | 'object' | 'any'
  /** The query parameter that makes it this call (`encryption`, `uploads`); `null`: none of those that other routes of its method name. */
  readonly subresource: string | null
  readonly operation: Operation
}

/** Every call that the emulator knows. The first route that fits is taken: routes with a subresource stand before those without. */
const ROUTES: readonly Route[] = [
  { method: 'OPTIONS', scope: 'any', subresource: null, operation: optionsObject },
  { method: 'GET', scope: 'service', subresource: null, operation: getService },

  { method: 'GET', scope: 'bucket', subresource: 'cors', operation: getBucketCors },
  { method: 'PUT', scope: 'bucket', subresource: 'cors', operation: putBucketCors },
  { method: 'DELETE', scope: 'bucket', subresource: 'cors', operation: deleteBucketCors },
  { method: 'GET', scope: 'bucket', subresource: 'encryption', operation: getBucketEncryption },
  { method: 'PUT', scope: 'bucket', subresource: 'encryption', operation: putBucketEncryption },
  { method: 'DELETE', scope: 'bucket', subresource: 'encryption', operation: deleteBucketEncryption },
  { method: 'GET', scope: 'bucket', subresource: 'versioning', operation: getBucketVersioning },
  { method: 'PUT', scope: 'bucket', subresource: 'versioning', operation: putBucketVersioning },
  { method: 'GET', scope: 'bucket', subresource: 'versions', operation: listObjectVersions },
  { method: 'GET', scope: 'bucket', subresource: 'uploads', operation: listMultipartUploads },
  { method: 'POST', scope: 'bucket', subresource: 'delete', operation: deleteMultipleObjects },
  { method: 'POST', scope: 'bucket', subresource: null, operation: postObject },
  { method: 'GET', scope: 'bucket', subresource: null, operation: listObjects },
  { method: 'HEAD', scope: 'bucket', subresource: null, operation: headBucket },

  { method: 'GET', scope: 'object', subresource: 'ci-process', operation: fileHash },
  { method: 'POST', scope: 'object', subresource: 'uploads', operation: initiateMultipartUpload },
  { method: 'PUT', scope: 'object', subresource: 'uploadId', operation: uploadPart },
  { method: 'POST', scope: 'object', subresource: 'uploadId', operation: completeMultipartUpload },
  { method: 'DELETE', scope: 'object', subresource: 'uploadId', operation: abortMultipartUpload },
  { method: 'GET', scope: 'object', subresource: 'uploadId', operation: listParts },
  { method: 'GET', scope: 'object', subresource: null, operation: getObject },
  { method: 'HEAD', scope: 'object', subresource: null, operation: headObject },
  { method: 'PUT', scope: 'object', subresource: null, operation: putObject },
  { method: 'DELETE', scope: 'object', subresource: null, operation: deleteObject },
]

function scopeOf(exchange: Exchange): 'service' | 'bucket' | 'object' {
  if (exchange.address.bucket === null) return 'service'
  return exchange.address.key === null ? 'bucket' : 'object'
}

/** @throws {CosError} MethodNotAllowed, NotImplemented */
export function findRoute(exchange: Exchange): Operation {
  const { method } = exchange.request
  const scope = scopeOf(exchange)
  const subresource = subresourceOf(exchange)
  const inScope = ROUTES.filter((route) => route.scope === 'any' || route.scope === scope)
  const named = inScope.filter((route) => route.method === 'OPTIONS' || route.subresource === subresource)
  const found = named.find((route) => route.method === method)
  if (found !== undefined) return found.operation
  const call = `${method} ${scope}${subresource === null ? '' : `?${subresource}`}`
  const explanation = { condition: 'The emulator has this call.', value: call, fix: 'See the list of calls in the README of @cosdrop/emulator.' }
  const makesBuckets = scope === 'bucket' && (method === 'PUT' || method === 'DELETE')
  const isCallOfCos = subresource !== null || scope === 'service' || makesBuckets
  throw new CosError(isCallOfCos ? 'NotImplemented' : 'MethodNotAllowed', { explanation })
}
