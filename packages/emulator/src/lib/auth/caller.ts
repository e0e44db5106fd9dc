/** Who calls, once it is proved. */
export type Caller = { readonly kind: 'anonymous' } | { readonly kind: 'signed'; readonly secretId: string }

export const anonymous: Caller = { kind: 'anonymous' }
