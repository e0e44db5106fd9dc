import { checkObjectKey } from '@cosdrop/protocol'
import { shownAddress } from '../endpoint/shown-address.ts'
import { explainMismatch } from '../policy/explain-mismatch.ts'
import { CosUploadError } from '../upload-error.ts'
import { parseUrl } from './parse-url.ts'
import { signatureFields } from './plain-form.ts'
import { createPostForm, type PostForm } from './post-form.ts'

/**
 * The form, or throws what is wrong with it, first things first.
 * @param now the server's time, to match the form against its policy too
 */
export function refuseForm(given: PostForm, now?: Date): PostForm {
  const form = wellFormed(given)
  const fault = findFault(form) ?? (now ? explainMismatch(form, now) : null)
  if (fault) throw fault
  return form
}

/**
 * With what forms send for half an emoji, where an app cut a name in it (https://webidl.spec.whatwg.org/#idl-USVString), and for each line break
 * (https://html.spec.whatwg.org/#constructing-entry-list).
 */
function wellFormed(form: PostForm): PostForm {
  const half = /\p{Surrogate}/gu
  const fields = form.fields.map(
    ([name, value]) => [name, typeof value === 'string' ? value.replace(half, '\ufffd').replace(/\r\n?|\n/g, '\r\n') : value] as const,
  )
  return createPostForm({ ...form, fields, filename: form.filename.replace(half, '\ufffd') })
}

function findFault(form: PostForm): CosUploadError<'form-invalid'> | null {
  const invalid = (field: string | null, problem: string): CosUploadError<'form-invalid'> =>
    new CosUploadError('form-invalid', `The upload form cannot be built: ${problem}. Change the reply of the policy endpoint.`, { field, problem })

  const seen = new Map<string, unknown>()
  // The types say strings; the policy endpoint may have said otherwise.
  const fields: readonly (readonly [string, unknown])[] = form.fields
  for (const [field, value] of fields) {
    const lower = field.toLowerCase()
    if (lower === 'file') return invalid(field, 'a field is named "file", the name of the file part itself')
    if (seen.has(lower) && lower === 'content-md5') return invalid(field, 'the signed "Content-MD5" is not that of the file')
    if (seen.has(lower)) return invalid(field, `the field "${field}" is there twice (COS reads names without regard to case)`)
    if (typeof value !== 'string') return invalid(field, `the value of "${field}" is not a string`)
    seen.set(lower, value)
  }
  // The field of that name is the other way to sign, beside which a policy may stand (facts §2).
  if (!seen.get('signature') && signatureFields.some((field) => seen.has(field))) {
    const missing = signatureFields.find((field) => !seen.get(field))
    if (missing !== undefined) return invalid(missing, `the signature field "${missing}" is missing`)
  }
  if (!seen.get('key')) return invalid('key', 'the field "key" is missing')
  const { key } = form
  const problem = checkObjectKey(key)
  if (problem) return invalid('key', problem.message.slice(0, -1))
  // A lone CR or LF in a value goes out as CR LF (https://html.spec.whatwg.org/#constructing-entry-list), so another key would be stored.
  if (/[\r\n]/.test(key)) return invalid('key', 'the object key contains a line break, which browsers do not send as it is')
  const url = parseUrl(form.action)
  return /^https?:$/.test(url?.protocol ?? '') ? null : invalid(null, `"${shownAddress(form.action)}" is not an absolute http(s) URL`)
}
