import { CosServerError } from '../server-error.ts'
import type { Credentials, CredentialsInput, CredentialsProvider, CredentialsSource } from './credentials.ts'

/** @throws {CosServerError} `credentials-unavailable` */
export function checkedCredentials(given: CredentialsInput): Credentials {
  // A line end of Windows in an environment file becomes part of the value. What no header takes, as the line breaks of a wrapped token, the
  // platform's own error would repeat with all around it.
  const secretId = given.secretId?.replace(/[^!-~]+/g, '')
  const secretKey = given.secretKey?.trim()
  if (secretId && secretKey) return { secretId, secretKey, token: given.token?.replace(/[^!-~]+/g, '') || undefined, expiresAt: given.expiresAt }
  const message = 'The SecretId or the SecretKey is missing. Set both.'
  throw new CosServerError('credentials-unavailable', message, {})
}

/** Milliseconds. Longer than `cachedCredentials` waits for its own source, since it may have older ones to give. */
const LONGEST_WAIT = 12_000

/**
 * Credentials that are there, or a provider whose own error text stays in `cause`: it may hold a secret.
 * @throws {CosServerError} `credentials-unavailable`
 */
export function readCredentials(credentials: CredentialsInput | CredentialsSource): Credentials | CredentialsProvider {
  if (typeof credentials !== 'function') return checkedCredentials(credentials)
  return async () => {
    // Not `inTime`: it would be 200 B more of an endpoint's bundle.
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = (): Promise<never> => new Promise((_, reject) => (timer = setTimeout(reject, LONGEST_WAIT, new Error('late'))))
    try {
      return checkedCredentials(await Promise.race([credentials(), silence()]))
    } catch (cause) {
      throw new CosServerError(
        'credentials-unavailable',
        'The credentials provider gave no usable credentials, or none within 12 seconds.',
        {},
        { cause },
      )
    } finally {
      clearTimeout(timer)
    }
  }
}

export function toProvider(credentials: Credentials | CredentialsProvider): CredentialsProvider {
  return typeof credentials === 'function' ? credentials : () => credentials
}
