import { camEncode } from './cam-encode.ts'

/** The path of an object's URL: `/` and the key, percent-encoded but for its slashes. */
export function encodeKeyPath(key: string): string {
  return '/' + key.split('/').map(camEncode).join('/')
}
