import { loadExplanation } from '../load-explanation.ts'
import type { SignedPost } from '../policy/policy-source.ts'
import { isPlainForm } from './plain-form.ts'
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

/**
 * Makes the form of one POST Object request from what the policy endpoint signed. A form that COS would have to refuse is refused here.
 *
 * COS ignores the MIME type of the file part (`official/post-object.txt`, `Content-Type`), so the file's own type becomes the field unless
 * the signer set one. Without signed fields (public-write bucket) the key is the filename.
 *
 * Rejects with the `CosUploadError` `form-invalid`, which names the field: one called `file`, a name that is there twice, a signature field
 * that is missing, a key that COS forbids, a URL that is none.
 */
export async function buildPostForm({ post, file, filename, contentMd5 }: PostFormParts): Promise<PostForm> {
  const name = filename || 'blob'
  const fields = Object.entries(post.fields ?? { key: wireFilename(name) })
  const isThere = (field: string, value?: string): boolean =>
    fields.some(([own, signed]) => own.toLowerCase() === field && (value === undefined || value === signed))
  if (file.type && !isThere('content-type')) fields.push(['Content-Type', file.type])
  // Beside a signed one that differs it is there twice, and refused for that.
  if (contentMd5 && !isThere('content-md5', contentMd5)) fields.push(['Content-MD5', contentMd5])

  const form: PostForm = { action: post.url, fields, file, filename: name }
  if (isPlainForm(form)) return form
  const problem = await loadExplanation(
    async () => (await import('./explain-form.ts')).explainForm(form),
    // Storage has the same rules and tells them too.
    () => null,
  )
  if (problem) throw problem
  return form
}
