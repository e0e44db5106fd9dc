import { parseExpiration } from '@cosdrop/protocol'
import { timingSafeEqual } from '@cosdrop/protocol/signature'
import type { Credential } from '../config/emulator-config.ts'
import { CosError } from '../errors/cos-error.ts'

/** The key pairs that may call. */
export class CredentialStore {
  readonly #credentials: ReadonlyMap<string, Credential>

  constructor(credentials: readonly Credential[]) {
    this.#credentials = new Map(credentials.map((credential) => [credential.secretId, credential]))
  }

  /**
   * The key of a SecretId. A temporary one must come with its token, and only a temporary one may bring any.
   * @param token `null` or empty when the request has none
   * @throws {CosError} InvalidAccessKeyId, ExpiredToken, AccessDenied
   */
  secretKeyOf(secretId: string, token: string | null, now: number): string {
    const credential = this.#credentials.get(secretId)
    if (credential === undefined) {
      throw new CosError('InvalidAccessKeyId', {
        explanation: {
          condition: 'The SecretId (q-ak) belongs to a credential of the config.',
          value: secretId,
          fix: `Sign with a SecretId that the emulator knows: ${[...this.#credentials.keys()].join(', ')}.`,
        },
      })
    }
    const expected = credential.token ?? ''
    if (!timingSafeEqual(expected, token ?? '')) {
      const fix =
        expected === ''
          ? 'Leave x-cos-security-token out: this is a permanent key.'
          : 'Send the token that came with these temporary keys, unchanged, as x-cos-security-token.'
      throw new CosError('AccessDenied', {
        explanation: { condition: 'x-cos-security-token is the token of the SecretId.', value: token ? 'another token' : null, fix },
      })
    }
    const end = credential.expiresAt === undefined ? null : parseExpiration(credential.expiresAt)
    if (end !== null && now > end) {
      throw new CosError('ExpiredToken', {
        explanation: {
          condition: `The temporary keys are valid until ${credential.expiresAt}.`,
          value: new Date(now).toISOString(),
          fix: 'Ask for new temporary keys and sign again.',
        },
      })
    }
    return credential.secretKey
  }
}
