/** A key pair of CAM, permanent or temporary. */
export interface Credentials {
  readonly secretId: string
  readonly secretKey: string
  /** Of temporary credentials: sent as `x-cos-security-token`. */
  readonly token?: string | undefined
  /** When temporary credentials end, in milliseconds since 1970. No policy outlives them. */
  readonly expiresAt?: number | undefined
}

/** Credentials as an environment has them: perhaps not. Missing ones are told when the server starts. */
export type CredentialsInput = Omit<Credentials, 'secretId' | 'secretKey'> & {
  readonly secretId: string | undefined
  readonly secretKey: string | undefined
}

/** Asked before each signature, so it should cache: `cachedCredentials` does. */
export type CredentialsProvider = () => Credentials | Promise<Credentials>

/** A provider that may have none yet, such as a look at an environment. Missing ones are told in the log, when a signature is asked for. */
export type CredentialsSource = () => CredentialsInput | Promise<CredentialsInput>
