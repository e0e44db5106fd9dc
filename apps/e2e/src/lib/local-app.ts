import { BUCKETS, CREDENTIALS, REGION } from '@cosdrop/dev-server'
import { allowAnyone, memoryStore } from '@cosdrop/server'

/** What the policy endpoint and the confirm endpoint of an app have in common, for a local COS. */
export function localApp(cosUrl: string) {
  const bucket = BUCKETS.plain
  return {
    bucket,
    region: REGION,
    endpoint: `${cosUrl}/${bucket}/`,
    credentials: CREDENTIALS,
    authorize: allowAnyone(),
    cors: { origins: '*' },
    store: memoryStore(),
  } as const
}

/** The file's own name is in the key, so that everything that was ever stored for it can be found. */
export function namedKey({ name }: { readonly name: string }): string {
  return `${encodeURIComponent(name)}/${crypto.randomUUID()}`
}
