import { formKey } from './form-key.ts'
import { parseUrl } from './parse-url.ts'
import type { PostForm } from './post-form.ts'

// official/post-object.txt, "Attach the signature to the form": all required once a policy is used.
export const signatureFields: readonly string[] = ['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature']

/**
 * Whether nothing can be wrong with a form. `false` also for everything unusual, such as a very long key: then `explainForm`, which has the
 * last word and says why, is loaded. Most uploads do without it.
 */
export function isPlainForm(form: PostForm): boolean {
  const values = new Map<string, unknown>(form.fields.map(([name, value]) => [name.toLowerCase(), value]))
  const signed = signatureFields.filter((name) => values.get(name))
  return (
    values.size === form.fields.length &&
    !values.has('file') &&
    [...values.values()].every((value) => typeof value === 'string') &&
    (signed.length === signatureFields.length || !signatureFields.some((name) => values.has(name))) &&
    // At most 4 bytes each, of the 850 that COS allows.
    /^(?![/\\])\P{Cc}{1,212}$/u.test(formKey(form)) &&
    /^https?:$/.test(parseUrl(form.action)?.protocol ?? '')
  )
}
