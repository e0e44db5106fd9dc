import { bucketUrl, isHttpUrl } from '@cosdrop/protocol'
import { invalidOption } from './invalid-option.ts'

/** Where a bucket is. */
export interface BucketAddress {
  /** Name with APPID: `examplebucket-1250000000`. */
  readonly bucket: string
  /** `ap-guangzhou`. */
  readonly region: string
  /**
   * Base URL of the bucket when it is not the default domain: a custom or accelerate domain, or a local emulator
   * (`http://127.0.0.1:9000/examplebucket-1250000000/`).
   * @default `https://<bucket>.cos.<region>.myqcloud.com/`
   */
  readonly endpoint?: string | undefined
}

/** The URL that forms are posted to, ending in `/`. @throws {CosServerError} `rules-invalid` */
export function addressUrl({ bucket, region, endpoint }: BucketAddress): string {
  if (!/^[a-z\d](?:[a-z\d-]*[a-z\d])?-\d+$/.test(bucket))
    throw invalidOption('bucket', `"${bucket}" is not a bucket's name with its APPID, such as examplebucket-1250000000.`)
  if (!/^[a-z\d]+(?:-[a-z\d]+)*$/.test(region)) throw invalidOption('region', `"${region}" is not a region, such as ap-guangzhou.`)
  if (endpoint === undefined) return bucketUrl({ bucket, region })
  // Not repeated: there may be a password in it. Pages are told the rest.
  if (!isHttpUrl(endpoint) || /[?#@]/.test(endpoint)) throw invalidOption('endpoint', 'endpoint is not an http or https URL without query or user.')
  const { href } = new URL(endpoint)
  return href.endsWith('/') ? href : `${href}/`
}
