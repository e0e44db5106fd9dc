import { CosServerError } from '../server-error.ts'
import type { Credentials, CredentialsInput, CredentialsProvider } from './credentials.ts'

function checked({ secretId, secretKey, ...rest }: CredentialsInput): Credentials {
  if (secretId && secretKey) return { ...rest, secretId, secretKey }
  const message = 'The SecretId or the SecretKey is missing. Set both.'
  throw new CosServerError('credentials-unavailable', message, {})
}

/**
 * Credentials that are there, or a provider whose own error text stays in `cause`: it may hold a secret.
 * @throws {CosServerError} `credentials-unavailable`
 */
export function readCredentials(credentials: CredentialsInput | CredentialsProvider): Credentials | CredentialsProvider {
  if (typeof credentials !== 'function') return checked(credentials)
  return async () => {
    try {
      const given = await credentials()
      // The very object, when it is good: the signer knows by it that nothing has changed.
      return given.secretId && given.secretKey ? given : checked(given)
    } catch (cause) {
      throw new CosServerError('credentials-unavailable', 'The credentials provider gave no usable credentials.', {}, { cause })
    }
  }
}

export function toProvider(credentials: Credentials | CredentialsProvider): CredentialsProvider {
  return typeof credentials === 'function' ? credentials : () => credentials
}
