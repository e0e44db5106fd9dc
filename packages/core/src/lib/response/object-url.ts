import { encodeKeyPath } from '@cosdrop/protocol'

/** The URL of an object, from that of the form's action: `https://<bucket host>/`, or `http://127.0.0.1:9000/<bucket>/` in path style. */
export function objectUrl(action: string, key: string): string {
  const { origin, pathname } = new URL(action)
  return origin + pathname.replace(/\/$/, '') + encodeKeyPath(key)
}
