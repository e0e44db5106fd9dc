import { CosServerError } from '../server-error.ts'
import type { Credentials, CredentialsProvider } from './credentials.ts'

function checked(credentials: Credentials): Credentials {
  if (credentials.secretId === '' || credentials.secretKey === '') {
    throw new CosServerError(
      'credentials-unavailable',
      'The SecretId or the SecretKey is empty. Set both (usually from environment variables) before the server starts.',
      {},
    )
  }
  return credentials
}

/** Credentials as a provider, whichever way they were given. A provider's own error text is kept in `cause` only: it may hold a secret. */
export function toProvider(credentials: Credentials | CredentialsProvider): CredentialsProvider {
  if (typeof credentials !== 'function') {
    const fixed = checked(credentials)
    return () => fixed
  }
  return async () => {
    try {
      return checked(await credentials())
    } catch (cause) {
      throw new CosServerError(
        'credentials-unavailable',
        'The credentials provider gave no usable credentials, so nothing can be signed.',
        {},
        { cause },
      )
    }
  }
}
