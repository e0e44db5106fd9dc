import { base64OfBytes, bytesOfBase64 } from '@cosdrop/protocol'

/** Base64 for URLs and tokens, without padding. RFC 4648 §5. */
export function base64Url(data: string | Uint8Array): string {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  return base64OfBytes(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The text under it, or `null`. */
export function textOfBase64Url(text: string): string | null {
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4)
  const bytes = bytesOfBase64(padded)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}
