/** The form fields that rules may name; the key, the file and the signature's own fields are not among them. `official/post-object.txt`. */
export type RuledField =
  | 'acl'
  | 'Cache-Control'
  | 'Content-Disposition'
  | 'Content-Encoding'
  | 'Content-Type'
  | 'Expires'
  | 'success_action_redirect'
  | 'success_action_status'
  | 'x-cos-forbid-overwrite'
  | 'x-cos-grant-full-control'
  | 'x-cos-grant-read'
  | 'x-cos-grant-read-acp'
  | 'x-cos-grant-write-acp'
  | 'x-cos-server-side-encryption'
  | 'x-cos-server-side-encryption-context'
  | 'x-cos-server-side-encryption-cos-kms-key-id'
  | 'x-cos-server-side-encryption-customer-algorithm'
  | 'x-cos-server-side-encryption-customer-key'
  | 'x-cos-server-side-encryption-customer-key-MD5'
  | 'x-cos-storage-class'
  | 'x-cos-traffic-limit'
  | `x-cos-meta-${string}`

/** Who decides one field, and within what. */
export type FieldRule =
  /** Always this value. */
  | { readonly fixed: string }
  /** Any value that starts so: the page's wish, or the prefix itself. COS allows prefixes for some fields only. */
  | { readonly prefix: string }
  /** The page's wish when it is one of these (or passes the test), and then only that one; without a wish `otherwise`, or as if forbidden. */
  | { readonly within: readonly string[] | ((value: string) => boolean); readonly otherwise?: string }
  /** A wish is refused and the field is held at the value that means "not set"; not for fields without one: metadata, traffic limit, no-overwrite. */
  | 'forbidden'
  /** No condition: whatever the page sends. */
  | 'free'

export type FieldRules = { readonly [Name in RuledField]?: FieldRule }
