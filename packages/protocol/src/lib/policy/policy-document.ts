/** One limit of a policy. `field` without its `$`, in the spelling of the document. */
export type PolicyCondition =
  | { readonly kind: 'eq'; readonly field: string; readonly value: string }
  /** `value` may be empty: any value will do, but the field must be there. */
  | { readonly kind: 'starts-with'; readonly field: string; readonly value: string }
  /** Bytes of the file, both inclusive. */
  | { readonly kind: 'content-length-range'; readonly min: number; readonly max: number }

export interface PolicyDocument {
  /** ISO 8601 with a zone, `2019-08-30T09:38:12.414Z`. */
  readonly expiration: string
  readonly conditions: readonly PolicyCondition[]
}

/** The policy is not what `official/post-object.txt`, "Construct a policy", describes. */
export class PolicyDocumentError extends Error {
  override readonly name = 'PolicyDocumentError'
  readonly problem: 'not-base64' | 'not-json' | 'no-conditions' | 'bad-condition' | 'bad-expiration'

  constructor(problem: PolicyDocumentError['problem'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}
