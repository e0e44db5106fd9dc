import { checkObjectKey } from '@cosdrop/protocol'
import type { SignedPost } from '../policy/policy-source.ts'
import { CosUploadError } from '../upload-error.ts'
import { formKey } from './form-key.ts'
import { parseUrl } from './parse-url.ts'
import type { PostForm } from './post-form.ts'
import { wireFilename } from './wire-filename.ts'

export interface PostFormParts {
  readonly post: SignedPost
  readonly file: Blob
  /** Empty becomes `blob`, as browsers do it for a Blob without a name. */
  readonly filename: string
  /** Base64 MD5 of the file, sent as `Content-MD5`: COS refuses bytes that differ. */
  readonly contentMd5?: string
}

// official/post-object.txt, "Attach the signature to the form": all required once a policy is used.
const signatureFields = ['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature']

/**
 * Makes the form of one POST Object request from what the policy endpoint signed. A form that COS would have to refuse is refused here.
 *
 * COS ignores the MIME type of the file part (`official/post-object.txt`, `Content-Type`), so the file's own type becomes the field unless
 * the signer set one. Without signed fields (public-write bucket) the key is the filename.
 *
 * @throws {CosUploadError} `form-invalid`, with the name of the field
 */
export function buildPostForm({ post, file, filename, contentMd5 }: PostFormParts): PostForm {
  const name = filename || 'blob'
  const signed = Object.entries<unknown>(post.fields ?? { key: wireFilename(name) })
  const fields: [string, string][] = []
  const seen = new Map<string, string>()

  const invalid = (field: string | null, problem: string, advice = 'Change the reply of the policy endpoint.'): CosUploadError<'form-invalid'> =>
    new CosUploadError('form-invalid', `The upload form cannot be built: ${problem}. ${advice}`, { field, problem })

  for (const [field, value] of signed) {
    const lower = field.toLowerCase()
    if (lower === 'file') throw invalid(field, 'a field is named "file", the name of the file part itself')
    if (seen.has(lower)) throw invalid(field, `the field "${field}" is there twice (COS reads names without regard to case)`)
    if (typeof value !== 'string') throw invalid(field, `the value of "${field}" is not a string`)
    seen.set(lower, value)
    fields.push([field, value])
  }

  if (signatureFields.some((field) => seen.has(field))) {
    const missing = signatureFields.find((field) => !seen.get(field))
    if (missing) throw invalid(missing, `the signature field "${missing}" is missing`)
  }

  if (file.type && !seen.has('content-type')) fields.push(['Content-Type', file.type])
  if (contentMd5) {
    const own = seen.get('content-md5')
    if (own === undefined) fields.push(['Content-MD5', contentMd5])
    else if (own !== contentMd5) throw invalid('Content-MD5', 'the signed "Content-MD5" is not that of the file')
  }

  if (!seen.get('key')) throw invalid('key', 'the field "key" is missing')
  const form: PostForm = { action: post.url, fields, file, filename: name }
  const key = formKey(form)
  const problem = checkObjectKey(key)
  if (problem) throw invalid('key', problem.message.slice(0, -1))
  // A lone CR or LF in a value goes out as CR LF (https://html.spec.whatwg.org/#constructing-entry-list), so another key would be stored.
  if (/[\r\n]/.test(key)) throw invalid('key', 'the object key contains a line break, which browsers do not send as it is')
  if (!/^https?:$/.test(parseUrl(post.url)?.protocol ?? '')) throw invalid(null, `"${post.url}" is not an absolute http(s) URL`)
  return form
}
