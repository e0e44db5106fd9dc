import { expandFilename } from '@cosdrop/protocol'
import type { PostForm } from './post-form.ts'
import { wireFilename } from './wire-filename.ts'

/** The value of a field, whatever the case of its name; `null` when the form does not have it. */
export function formField(form: PostForm, name: string): string | null {
  return form.fields.find(([field]) => field.toLowerCase() === name)?.[1] ?? null
}

/** The key under which COS stores the file: `${filename}` put in as COS will do it. */
export function formKey(form: PostForm): string {
  return expandFilename(formField(form, 'key') ?? '', wireFilename(form.filename))
}
