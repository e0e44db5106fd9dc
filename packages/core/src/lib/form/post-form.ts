import { expandFilename } from '@cosdrop/protocol'
import { placesOf } from './places-of.ts'
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
  /** A field as COS reads it: by its name without regard to case, here in lower case, and of the key the one that is meant. */
  readonly value: (name: string) => string | undefined
  /** Under which COS stores the file: `${filename}` put in as COS will do it. */
  readonly key: string
  /** The page that storage is asked to send the browser to; `null` for none, also where a signer pins `success_action_redirect` as empty. */
  readonly landing: string | null
  readonly file: Blob
  readonly filename: string
}

/**
 * The form with what follows from its parts: to be called again for other fields or another filename. Nothing is checked, and `fields` is not to
 * change after that. A form cannot be posted to a worker; its parts can.
 */
export function createPostForm({ action, fields, file, filename }: Omit<PostForm, 'value' | 'key' | 'landing'>): PostForm {
  const places = placesOf(fields)
  const raw = (name: string): string | undefined => {
    // The types say text; the policy endpoint may have said otherwise.
    const value: unknown = fields[places.get(name) ?? -1]?.[1]
    return typeof value === 'string' ? value : undefined
  }
  const key = expandFilename(raw('key') ?? '', wireFilename(filename))
  const value = (name: string): string | undefined => (name === 'key' && key) || raw(name)
  return { action, fields, value, key, landing: raw('success_action_redirect') || null, file, filename }
}
