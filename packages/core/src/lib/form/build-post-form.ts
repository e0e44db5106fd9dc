import { withFailures } from '../load-failures.ts'
import type { SignedPost } from '../policy/policy-source.ts'
import { findField } from './find-field.ts'
import { isPlainForm } from './plain-form.ts'
import { createPostForm, type PostForm } from './post-form.ts'
import { wireFilename } from './wire-filename.ts'

export interface PostFormParts {
  readonly post: SignedPost
  readonly file: Blob
  /** Empty becomes `blob`, as browsers do it for a Blob without a name. */
  readonly filename: string
  /** Base64 MD5 of the file, sent as `Content-MD5`: COS refuses bytes that differ. */
  readonly contentMd5?: string | undefined
  /**
   * The server's time: with it the form is matched against the policy that it carries, so that what COS would refuse after a gigabyte is refused
   * before the first byte. A wrong device clock must not look like an expired policy. @default the form is not matched
   */
  readonly now?: Date | undefined
}

let last: readonly [string, string][] = []

/** Forms of one signer share the fields that are the same in both: a hundred wait for their turn, with twenty fields each. */
function entriesOf(fields: Readonly<Record<string, string>>): [string, string][] {
  const entries = Object.entries(fields).map((field, at) => {
    const before = last[at]
    return before?.[0] === field[0] && before[1] === field[1] ? before : field
  })
  last = entries
  return entries
}

/** The form at once where nothing about it is unusual, else a promise of it: a thousand small files should not wait a thousand times. */
export function makePostForm({ post, file, filename, contentMd5, now }: PostFormParts): PostForm | Promise<PostForm> {
  try {
    const name = filename || 'blob'
    const fields = entriesOf(post.fields ?? { key: wireFilename(name) })
    // Also empty, as in COS's own demos: a policy may ask for the field with any value.
    if (findField(fields, 'content-type') === undefined) fields.push(['Content-Type', file.type])
    // Beside a signed one that differs it is there twice, and refused for that.
    if (contentMd5 && findField(fields, 'content-md5') !== contentMd5) fields.push(['Content-MD5', contentMd5])
    const form = createPostForm({ action: post.url, fields, file, filename: name })

    return isPlainForm(form, now)
      ? form
      : withFailures<PostForm>(
          ({ refuseForm }) => refuseForm(form, now),
          // Where it cannot be loaded: storage has the same rules and tells them too, only later.
          () => form,
        )
  } catch (error) {
    // A name that is no text, say. One file's trouble, and not that of all that are signed with it.
    return Promise.reject(error)
  }
}

/**
 * Makes the form of one POST Object request from what the policy endpoint signed. A form that COS would have to refuse is refused here.
 *
 * COS ignores the MIME type of the file part (`official/post-object.txt`, `Content-Type`), so the file's own type becomes the field unless
 * the signer set one. Without signed fields (public-write bucket) the key is the filename.
 *
 * Rejects with a `CosUploadError`. `form-invalid` names the field: one called `file`, a name that is there twice, a signature field that is
 * missing, a key that COS forbids, a URL that is none. With `now` also `policy-mismatch` with field, condition and value, `policy-expired` and
 * `policy-malformed`.
 */
export async function buildPostForm(parts: PostFormParts): Promise<PostForm> {
  return makePostForm(parts)
}
