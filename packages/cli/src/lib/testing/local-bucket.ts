import { demoConfig, type BucketConfig } from '@cosdrop/emulator'
import { startEmulator, type RunningEmulator } from '@cosdrop/emulator/node'
import { createCosClient, type CosClient, type Credentials } from '@cosdrop/server'

/** A local COS with one bucket, and the words that lead the command to it. */
export interface LocalBucket {
  readonly cos: RunningEmulator
  readonly name: string
  readonly url: string
  readonly client: CosClient
  /** `--bucket … --region … --endpoint …`. */
  readonly options: readonly string[]
  readonly env: { readonly COS_SECRET_ID: string; readonly COS_SECRET_KEY: string }
  readonly credentials: Credentials
}

/** @param changes of the demo bucket */
export async function localBucket(changes: Partial<BucketConfig> = {}): Promise<LocalBucket> {
  const [bucket] = demoConfig.buckets
  const [pair] = demoConfig.credentials
  if (bucket === undefined || pair === undefined) throw new Error('the demo config is empty')
  const cos = await startEmulator({ config: { ...demoConfig, buckets: [{ ...bucket, ...changes }] } })
  const url = `${cos.url}/${bucket.name}/`
  const credentials = { secretId: pair.secretId, secretKey: pair.secretKey }
  return {
    cos,
    url,
    name: bucket.name,
    credentials,
    client: createCosClient({ bucket: bucket.name, region: bucket.region, endpoint: url, credentials }),
    options: ['--bucket', bucket.name, '--region', bucket.region, '--endpoint', url],
    env: { COS_SECRET_ID: pair.secretId, COS_SECRET_KEY: pair.secretKey },
  }
}
