import { loadExplanation } from '../load-explanation.ts'
import { CosUploadError } from '../upload-error.ts'
import { isPolicyReply } from './is-policy-reply.ts'
import type { PolicyReply } from './policy-source.ts'

/**
 * Hands on what a policy source answered when it has the shape that it must have.
 *
 * Rejects with `policy-malformed`, naming the field.
 */
export async function readPolicyReply(value: unknown, count: number, url: string | null): Promise<PolicyReply> {
  if (isPolicyReply(value, count)) return value
  throw await loadExplanation(
    async () => (await import('./explain-policy.ts')).explainReply(value, count, url),
    (cause) =>
      new CosUploadError('policy-malformed', 'The policy endpoint’s reply cannot be used.', { url, status: null, problem: 'unknown' }, { cause }),
  )
}
