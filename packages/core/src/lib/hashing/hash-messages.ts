import type { HashAlgorithm } from './hash-file.ts'

/** From the page to the worker. */
export type HashRequest =
  | { readonly kind: 'hash'; readonly id: number; readonly file: Blob; readonly algorithm: HashAlgorithm }
  | { readonly kind: 'cancel'; readonly id: number }

/** From the worker to the page. */
export type HashReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly hashedBytes: number }
  | { readonly kind: 'done'; readonly id: number; readonly hex: string }
  /** `unreadable`: the file's fault. Otherwise hashing itself does not work here. */
  | { readonly kind: 'failed'; readonly id: number; readonly unreadable: boolean; readonly problem: string }
