/** What the policy endpoint is told of one file. */
export interface PolicyFile {
  readonly name: string
  /** `folder/sub/name.txt` for a file from a dropped or chosen folder. The last part may not be `name`, which `prepare` can change. */
  readonly relativePath?: string | undefined
  readonly type: string
  readonly size: number
  /**
   * A wish for the key of an earlier post, sent when a policy is signed again for the same file. The server honours it only when `receipt`
   * proves that it issued that key.
   */
  readonly key?: string | undefined
  /** The `receipt` of that earlier post. */
  readonly receipt?: string | undefined
}

export interface PolicyRequest {
  /** 1 to 100. */
  readonly files: readonly PolicyFile[]
  /** Wishes: the server decides. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** Anything the app's server wants to know: an album, a ticket number. */
  readonly context?: unknown
}

/**
 * One signed form without its file. `fields` is `null` for a public-write bucket that needs no signature: the object's key is then the file's name, so of
 * two files with one name, as pasted pictures have, the later replaces the earlier. `{ key }` alone, with something of its own in it, keeps both.
 */
export interface SignedPost {
  readonly url: string
  readonly fields: Readonly<Record<string, string>> | null
  /** ISO 8601, with its zone. */
  readonly expiresAt: string
  /** Binds a later confirmation to this policy (`createConfirmHandler`). */
  readonly receipt?: string
}

/** The policy endpoint's reply. One post per file, same order, each with a key of its own: files that are given one key are one object, the one sent last. */
export interface PolicyReply {
  /** ISO 8601, with its zone. Remaining life is `expiresAt - serverTime`: the device's clock plays no part. */
  readonly serverTime: string
  readonly posts: readonly SignedPost[]
}

/**
 * Asks for signed posts. The HTTP endpoint is one; any function that answers the same shape is another. What it throws counts as
 * `policy-unreachable` and is tried again; a `CosUploadError` is taken as it is, so `policy-refused` says no.
 */
export type PolicySource = (request: PolicyRequest, options: { readonly signal: AbortSignal }) => Promise<PolicyReply>
