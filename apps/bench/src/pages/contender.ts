import type { PolicyReply } from '@cosdrop/core'

/** What one run of one library is to do. */
export interface Work {
  /** Where forms are posted to. */
  readonly url: string
  /** What the policy endpoint said, once, for all files: everybody sends the same bytes. */
  readonly policy: PolicyReply
  /** The policy endpoint itself, for a library that is to have each file signed; `null`: nobody asks it. */
  readonly policyUrl: string | null
  readonly concurrency: number
  /** CRC-64 of each file, for a library that can. */
  readonly proof: boolean
}

/** A way to upload. Resolves when every file is stored; rejects when one is not. */
export type Contender = (files: readonly File[], work: Work) => Promise<void>
