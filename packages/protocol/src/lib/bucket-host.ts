export interface BucketHost {
  /** With the APPID: `examplebucket-1250000000`. */
  readonly bucket: string
  /** `ap-guangzhou`; `null` on the accelerate domain, which has none. */
  readonly region: string | null
}

// Region names are not checked against a list: new ones appear every year.
const HOST = /^([a-z\d](?:[a-z\d-]*[a-z\d])?-\d+)\.(?:cos|cos-internal|ci)\.([a-z\d-]+)\.[a-z\d.-]+(?::\d+)?$/i

/** Reads `<bucket>.cos.<region>.<anything>[:port]`; `null` for every other host (an IP, localhost, a custom domain). */
export function parseBucketHost(host: string): BucketHost | null {
  const [, bucket, region] = HOST.exec(host) ?? []
  if (bucket === undefined || region === undefined) return null
  return { bucket: bucket.toLowerCase(), region: region === 'accelerate' ? null : region.toLowerCase() }
}

/** `https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/`: where the form is sent. */
export function bucketUrl({ bucket, region, protocol = 'https' }: { bucket: string; region: string; protocol?: 'http' | 'https' }): string {
  return `${protocol}://${bucket}.cos.${region}.myqcloud.com/`
}
