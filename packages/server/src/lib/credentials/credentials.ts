/** A key pair of CAM, permanent or temporary. */
export interface Credentials {
  readonly secretId: string
  readonly secretKey: string
  /** Of temporary credentials: sent as `x-cos-security-token`. */
  readonly token?: string
  /** When temporary credentials end, in milliseconds since 1970. No policy outlives them. */
  readonly expiresAt?: number
}

/** Asked before each signature, so it should cache: `cachedCredentials` does. */
export type CredentialsProvider = () => Credentials | Promise<Credentials>
