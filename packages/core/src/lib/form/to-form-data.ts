import type { PostForm } from './post-form.ts'

/** The form as `FormData`: the fields in their order, then the file. */
export function toFormData(form: PostForm): FormData {
  const data = new FormData()
  for (const [name, value] of form.fields) data.append(name, value)
  data.append('file', form.file, form.filename)
  return data
}
