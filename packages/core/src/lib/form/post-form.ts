import { expandFilename } from '@cosdrop/protocol'
import { wireFilename } from './wire-filename.ts'

/**
 * One POST Object request before it is rendered. The file is not a field, so no order exists in which it is not last
 * (`official/post-object.txt`: "This field must be placed at the end of the form").
 */
export interface PostForm {
  /** URL of the bucket, `https://<bucket>.cos.<region>.myqcloud.com/`. */
  readonly action: string
  /** In the order in which they are sent. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** The fields as COS reads them: by name without regard to case, here in lower case, and with the key that is meant. */
  readonly values: ReadonlyMap<string, string>
  /** Under which COS stores the file: `${filename}` put in as COS will do it. */
  readonly key: string
  /** The page that storage is asked to send the browser to; `null` for none, also where a signer pins `success_action_redirect` as empty. */
  readonly landing: string | null
  readonly file: Blob
  readonly filename: string
}

/** The form with what follows from its parts: to be called again for other fields or another filename. Nothing is checked. */
export function createPostForm(parts: Omit<PostForm, 'values' | 'key' | 'landing'>): PostForm {
  const values = new Map<string, string>()
  // The types say text; the policy endpoint may have said otherwise.
  for (const field of parts.fields) if (typeof field[1] === 'string') values.set(field[0].toLowerCase(), field[1])
  const key = expandFilename(values.get('key') ?? '', wireFilename(parts.filename))
  if (key) values.set('key', key)
  return { ...parts, values, key, landing: values.get('success_action_redirect') || null }
}
