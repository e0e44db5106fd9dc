/** Where an upload's settings are read from: the fields of a form, or the headers of a PUT. */
export interface SettingSource {
  /** `null` when absent. Names are compared without regard to case. */
  get(name: string): string | null
  /** Everything, for user metadata. */
  entries(): Iterable<readonly [name: string, value: string]>
  /** The page's word for the ACL: a form says `acl`, a header `x-cos-acl`. */
  readonly aclName: 'acl' | 'x-cos-acl'
}
