/** What one run of one library is to do. */
export interface Work {
  /** Where forms are posted to. */
  readonly url: string
  /** The fields of a signed form: everybody sends the same bytes. */
  readonly fields: Readonly<Record<string, string>>
  /** A policy endpoint for `url`, for a library that asks one itself. */
  readonly policyUrl: string
  readonly concurrency: number
  /** CRC-64 of each file, for a library that can. */
  readonly proof: boolean
}

/** A way to upload. Resolves when every file is stored; rejects when one is not. */
export type Contender = (files: readonly File[], work: Work) => Promise<void>
