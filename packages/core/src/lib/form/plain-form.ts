import { isHttpUrl } from '@cosdrop/protocol'
import { keepLast } from '../keep-last.ts'
import { plainlyAdmits } from '../policy/plainly-admits.ts'
import { placesOf } from './places-of.ts'
import type { PostForm } from './post-form.ts'

// official/post-object.txt, "Attach the signature to the form": all required once a policy is used.
export const signatureFields: readonly string[] = ['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature']

// None, one that begins with a slash or backslash, or one with control characters or half an emoji.
const unusualKey = /^$|^[/\\]|\p{Cc}|\p{Cs}/u

/**
 * Whether nothing can be wrong with a form. `false` also for everything unusual, such as a very long key or none of the signature's fields: then
 * `refuseForm`, which has the last word and says why, is loaded. Most uploads do without it.
 * @param now the server's time, to match the form against its policy too
 */
export function isPlainForm(form: PostForm, now?: Date): boolean {
  const { action, fields, value, key } = form
  const places = placesOf(fields)
  try {
    return (
      // Else there is a name twice.
      places.size === fields.length &&
      fields.every((field) => typeof field[1] === 'string') &&
      !places.has('file') &&
      signatureFields.every(value) &&
      // At most 3 bytes each, of the 850 that COS allows.
      key.length <= 283 &&
      !unusualKey.test(key) &&
      isPlainUrl(action) &&
      (!now || plainlyAdmits(form, now))
    )
  } catch {
    return false
  }
}

const isPlainUrl = keepLast(isHttpUrl)
