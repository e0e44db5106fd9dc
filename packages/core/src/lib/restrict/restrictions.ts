/** Codes of react-dropzone where it has one. */
export type RejectionCode =
  | 'file-too-large'
  | 'file-too-small'
  | 'file-invalid-type'
  | 'too-many-files'
  | 'total-too-large'
  /** `prepare`, or `validate`, threw: `message` is what it said. */
  | 'prepare-failed'
  | 'validate-failed'
  | (string & {})

export interface RejectionReason {
  readonly code: RejectionCode
  readonly message: string
  /** What the rule allows, where it is one of `Restrictions`: bytes, files, or what an input's `accept` says. For sentences of your own. */
  readonly limit?: number | string | undefined
}

/** A file that was not added, and why. Data, not an error. */
export interface FileRejection {
  readonly file: Blob
  readonly name: string
  readonly errors: readonly RejectionReason[]
}

/** `{'image/*': ['.heic'], 'application/pdf': []}` as in react-dropzone, or the platform's `image/*,.pdf`. */
export type Accept = string | Readonly<Record<string, readonly string[]>>

/** Which files may be added. The server decides in the end: these spare the user a wait. */
export interface Restrictions {
  readonly accept?: Accept | undefined
  /** Bytes of one file, inclusive. */
  readonly minSize?: number | undefined
  /** Bytes of one file, inclusive. */
  readonly maxSize?: number | undefined
  readonly maxFiles?: number | undefined
  /** Bytes of all items together, inclusive. */
  readonly maxTotalSize?: number | undefined
  /** The app's own rule; runs after the others. `null` accepts; what it throws is the rejection `validate-failed`. */
  readonly validate?:
    | ((file: Blob, options: { readonly name: string; readonly signal: AbortSignal }) => RejectionReason | null | Promise<RejectionReason | null>)
    | undefined
}
