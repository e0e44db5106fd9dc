import type { PostForm } from './post-form.ts'

/**
 * The form as a hidden `<form>` for a native post: the fields in their order, then the file. Not yet in the document.
 *
 * The file goes in by way of a `DataTransfer`, the one means a page has to fill a file input; it refers to the file's bytes and copies nothing.
 */
export function toFormElement(form: PostForm, document: Document = globalThis.document): HTMLFormElement {
  const element = document.createElement('form')
  element.action = form.action
  element.method = 'post'
  element.enctype = 'multipart/form-data'
  element.acceptCharset = 'utf-8'
  element.hidden = true
  const parts = document.createDocumentFragment()
  for (const [name, value] of form.fields) {
    // A textarea, because an <input type=hidden> named _charset_ would have its value replaced, and other inputs strip line breaks.
    const field = document.createElement('textarea')
    field.name = name
    field.value = value
    parts.append(field)
  }
  const file = document.createElement('input')
  file.type = 'file'
  file.name = 'file'
  const transfer = new DataTransfer()
  transfer.items.add(new File([form.file], form.filename, { type: form.file.type }))
  file.files = transfer.files
  parts.append(file)
  // At last: a field called `append` hides the form's own.
  element.append(parts)
  return element
}
