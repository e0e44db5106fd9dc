import { encodeKeyPath, parseBucketHost } from '@cosdrop/protocol'

/** The URL of an object, from that of the form's action: `https://<bucket host>/`, or `http://127.0.0.1:9000/<bucket>/` in path style. */
export function objectUrl(action: string, key: string): string {
  const { origin, pathname } = new URL(action)
  return origin + pathname.replace(/\/$/, '') + encodeKeyPath(key)
}

/** The bucket that an action names, in its host or, in path style, as its path; `null` for a custom domain. */
export function actionBucket(action: string): string | null {
  const { host, pathname } = new URL(action)
  return parseBucketHost(host)?.bucket ?? /^\/([a-z\d-]+-\d+)\/?$/.exec(pathname)?.[1] ?? null
}
