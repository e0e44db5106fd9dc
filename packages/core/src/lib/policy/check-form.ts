import { formField } from '../form/form-key.ts'
import type { PostForm } from '../form/post-form.ts'
import { loadExplanation } from '../load-explanation.ts'
import type { AnyUploadError } from '../upload-error.ts'
import { plainlyAdmits } from './plainly-admits.ts'

/**
 * Matches a form against the policy that it carries, so that what COS would refuse after a gigabyte is refused before the first byte.
 * @param now the server's time: a wrong device clock must not look like an expired policy
 * @returns `policy-mismatch` with field, condition and value, `policy-expired`, `policy-malformed`, or `null` when all is well
 */
export async function checkForm(form: PostForm, now: Date): Promise<AnyUploadError | null> {
  const policy = formField(form, 'policy')
  if (policy === null || plainlyAdmits(policy, form, now)) return null
  return loadExplanation(
    async () => (await import('./explain-mismatch.ts')).explainMismatch(policy, form, now),
    // Storage has the same rules and tells them too, only later.
    () => null,
  )
}
