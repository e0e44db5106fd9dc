import { encodeKeyPath } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'

/** An object's URL below its bucket's (which ends in `/`). @throws {CosServerError} `unsupported` for a key that no URL can name */
export function objectUrl(bucketUrl: string, key: string): URL {
  const text = bucketUrl.slice(0, -1) + encodeKeyPath(key)
  const url = new URL(text)
  // An empty key would be the bucket itself: a link to a list of all objects, or the bucket's end.
  if (url.href !== text || !key) {
    throw new CosServerError(
      'unsupported',
      `The key "${key}" cannot be asked for: it is empty, or has "." or ".." between slashes, which URLs take for folders.`,
      {
        reason: key ? 'dot-segments' : 'empty-key',
      },
    )
  }
  return url
}
