/** One form field of POST Object, as `official/post-object.txt` describes it. */
export interface FormField {
  /** In COS's spelling. Names are compared without regard to case. `x-cos-meta-*` stands for all user metadata. */
  readonly name: string
  readonly type: 'string' | 'integer' | 'enum' | 'base64' | 'uri' | 'file'
  readonly group: 'object' | 'metadata' | 'reply' | 'access' | 'encryption' | 'integrity' | 'signature'
  /**
   * Who should decide its value. `signer`: made by signing. `server`: decides about rights, cost or place, so the signer should pin it.
   * `browser`: describes the file; a visitor's wish is harmless within limits.
   */
  readonly setBy: 'signer' | 'server' | 'browser'
  readonly required: boolean
  /** How a policy may limit it (table "Form fields that can be limited"). `none`: not in that table. */
  readonly match: 'exact' | 'exact-or-prefix' | 'none'
  /** Stored with the object and returned when it is read. */
  readonly stored: boolean
  /** Its value must never be shown, logged or reported. */
  readonly secret: boolean
  /** `documented` in the current page; `observed` in older editions or in SDKs that ship against the service. */
  readonly source: 'documented' | 'observed'
  /** The values allowed, for `enum` (and for the few strings and integers with a closed list). */
  readonly values?: readonly string[]
  /** Inclusive, for `integer`. */
  readonly min?: number
  /** Inclusive, for `integer`. */
  readonly max?: number
  /** UTF-8 bytes of the value. For metadata: of all names and values together. */
  readonly maxBytes?: number
}

const base = { required: false, match: 'exact', stored: false, secret: false, source: 'documented' } as const
const rfc2616 = { ...base, type: 'string', group: 'object', setBy: 'browser', match: 'exact-or-prefix', stored: true } as const
const grant = { ...base, type: 'string', group: 'access', setBy: 'server' } as const
const encryption = { ...base, type: 'string', group: 'encryption', setBy: 'server' } as const
const signature = { ...base, type: 'string', group: 'signature', setBy: 'signer' } as const

/** Object ACLs. https://cloud.tencent.com/document/product/436/30752 */
export const OBJECT_ACLS = ['default', 'private', 'public-read', 'authenticated-read', 'bucket-owner-read', 'bucket-owner-full-control'] as const

/** Storage classes. The MAZ ones are of newer editions of the page. */
export const STORAGE_CLASSES = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ARCHIVE',
  'DEEP_ARCHIVE',
  'MAZ_STANDARD',
  'MAZ_STANDARD_IA',
  'MAZ_INTELLIGENT_TIERING',
] as const

/** Every form field of `official/post-object.txt`, in the order of the page, then the observed ones. */
export const FORM_FIELDS: readonly FormField[] = [
  { ...base, name: 'key', type: 'string', group: 'object', setBy: 'server', required: true, match: 'exact-or-prefix', maxBytes: 850 },
  { ...rfc2616, name: 'Cache-Control' },
  { ...rfc2616, name: 'Content-Disposition' },
  { ...rfc2616, name: 'Content-Encoding' },
  { ...rfc2616, name: 'Content-Type' },
  { ...rfc2616, name: 'Expires' },
  { ...base, name: 'success_action_redirect', type: 'uri', group: 'reply', setBy: 'server', match: 'exact-or-prefix' },
  { ...base, name: 'success_action_status', type: 'integer', group: 'reply', setBy: 'server', values: ['200', '201', '204'] },
  { ...base, name: 'x-cos-meta-*', type: 'string', group: 'metadata', setBy: 'browser', match: 'exact-or-prefix', stored: true, maxBytes: 2048 },
  { ...base, name: 'x-cos-storage-class', type: 'enum', group: 'object', setBy: 'server', stored: true, values: STORAGE_CLASSES },
  { ...base, name: 'x-cos-traffic-limit', type: 'integer', group: 'reply', setBy: 'server', min: 819_200, max: 838_860_800 },
  { ...base, name: 'Content-MD5', type: 'base64', group: 'integrity', setBy: 'browser', match: 'none' },
  { ...base, name: 'file', type: 'file', group: 'object', setBy: 'browser', required: true, match: 'none', stored: true },
  { ...base, name: 'acl', type: 'enum', group: 'access', setBy: 'server', match: 'exact-or-prefix', values: OBJECT_ACLS },
  { ...grant, name: 'x-cos-grant-read' },
  { ...grant, name: 'x-cos-grant-read-acp' },
  { ...grant, name: 'x-cos-grant-write-acp' },
  { ...grant, name: 'x-cos-grant-full-control' },
  { ...encryption, name: 'x-cos-server-side-encryption', values: ['AES256', 'cos/kms'] },
  { ...encryption, name: 'x-cos-server-side-encryption-customer-algorithm', values: ['AES256'] },
  { ...encryption, name: 'x-cos-server-side-encryption-cos-kms-key-id' },
  { ...encryption, name: 'x-cos-server-side-encryption-context', type: 'base64' },
  { ...encryption, name: 'x-cos-server-side-encryption-customer-key', type: 'base64', secret: true },
  { ...encryption, name: 'x-cos-server-side-encryption-customer-key-MD5', type: 'base64' },
  { ...signature, name: 'x-cos-security-token', secret: true },
  { ...signature, name: 'policy', type: 'base64', required: true, match: 'none', secret: true },
  { ...signature, name: 'q-sign-algorithm', required: true, values: ['sha1'] },
  { ...signature, name: 'q-ak', required: true },
  { ...signature, name: 'q-key-time', required: true, match: 'none' },
  { ...signature, name: 'q-signature', required: true, match: 'none', secret: true },
  { ...signature, name: 'Signature', match: 'none', secret: true, source: 'observed' },
  { ...base, name: 'x-cos-forbid-overwrite', type: 'enum', group: 'object', setBy: 'server', values: ['true', 'false'], source: 'observed' },
]

const METADATA_PREFIX = 'x-cos-meta-'
const byName = new Map(FORM_FIELDS.map((field) => [field.name.toLowerCase(), field]))

/** `x-cos-meta-` and at least one character more, in any case. */
export function isMetadataField(name: string): boolean {
  return name.length > METADATA_PREFIX.length && name.toLowerCase().startsWith(METADATA_PREFIX)
}

/** The description of a field by its name, in any case; `null` when COS documents no such field. */
export function formField(name: string): FormField | null {
  return byName.get(isMetadataField(name) ? `${METADATA_PREFIX}*` : name.toLowerCase()) ?? null
}
