import type { PostForm } from './post-form.ts'

/** The form as `FormData`: the fields in their order, then the file. */
export function toFormData(form: PostForm): FormData {
  const data = new FormData()
  // Taking a pair apart makes an iterator, of which a thousand files would have 25,000.
  form.fields.forEach((field) => data.append(field[0], field[1]))
  data.append('file', form.file, form.filename)
  return data
}
