import { encodeKeyPath } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'

/** An object's URL below its bucket's (which ends in `/`). @throws {CosServerError} `unsupported` for a key that no URL can name */
export function objectUrl(bucketUrl: string, key: string): URL {
  const text = bucketUrl.slice(0, -1) + encodeKeyPath(key)
  const url = new URL(text)
  if (url.href !== text) {
    throw new CosServerError('unsupported', `The key "${key}" cannot be asked for: URLs take "." and ".." between slashes for folders.`, {
      reason: 'dot-segments',
    })
  }
  return url
}
