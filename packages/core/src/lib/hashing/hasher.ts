export interface HasherOptions {
  readonly signal: AbortSignal
  /** Bytes of the file that are hashed so far; now and then, not for each chunk. */
  readonly onProgress?: ((hashedBytes: number) => void) | undefined
}

/**
 * Makes the CRC-64 of a file (ECMA-182, reflected, as COS does it: "123456789" gives 11051210869376104954), as unsigned decimal text, to be
 * compared with `x-cos-hash-crc64ecma`.
 *
 * Rejects with a `CosUploadError`, `aborted` or `file-unreadable`; with anything else when hashing is not possible here (no WebAssembly).
 */
export type Hasher = (file: Blob, options: HasherOptions) => Promise<{ readonly crc64: string }>
