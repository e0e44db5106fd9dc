import type { BucketAddress, Credentials } from '@cosdrop/server'

/** What a deployment is told from outside. */
export interface Environment {
  readonly COS_SECRET_ID?: string | undefined
  readonly COS_SECRET_KEY?: string | undefined
  /** The bucket's URL, when it is not the default one: here a local COS. */
  readonly COS_ENDPOINT?: string | undefined
}

/** The bucket of this app, and the right to sign for it. */
export function bucketOf(env: Environment): BucketAddress & { readonly credentials: Credentials } {
  return {
    bucket: 'examplebucket-1250000000',
    region: 'ap-guangzhou',
    credentials: { secretId: env.COS_SECRET_ID ?? '', secretKey: env.COS_SECRET_KEY ?? '' },
    ...(env.COS_ENDPOINT !== undefined && { endpoint: env.COS_ENDPOINT }),
  }
}
