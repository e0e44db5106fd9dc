import { expect, inject, it } from 'vitest'
import { signedForm, signedRequest } from '../testing/signed-request.ts'

const bucket = 'examplebucket-1250000000'

/** A `<form>` as a page without scripts would have it, submitted into a frame. Resolves when the frame shows the reply. */
function submit(data: FormData, action: string): Promise<void> {
  const frame = document.createElement('iframe')
  frame.name = `reply-${Math.random()}`
  const form = document.createElement('form')
  Object.assign(form, { action, method: 'post', enctype: 'multipart/form-data', target: frame.name })
  for (const [name, value] of data) {
    const input = document.createElement('input')
    input.name = name
    if (typeof value === 'string') Object.assign(input, { type: 'hidden', value })
    else {
      const transfer = new DataTransfer()
      transfer.items.add(value)
      input.type = 'file'
      input.files = transfer.files
    }
    form.append(input)
  }
  document.body.append(frame, form)
  return new Promise((resolve) => {
    frame.addEventListener('load', () => resolve())
    form.submit()
  })
}

it("a browser's own form posts a file, with its name in any script", async () => {
  const origin = `${inject('cosUrl')}/${bucket}`
  const key = `native/${crypto.randomUUID()}`
  const bytes = crypto.getRandomValues(new Uint8Array(50_000))
  const data = signedForm({ key: `${key}.bin`, fields: { success_action_status: '200', 'x-cos-meta-note': '来自表单' } })
  data.set('file', new File([bytes], '照片 "一".bin'))
  await submit(data, `${origin}/`)
  const reply = await fetch(signedRequest({ key: `${key}.bin`, origin }))
  expect(reply.status).toBe(200)
  expect(new Uint8Array(await reply.arrayBuffer())).toEqual(bytes)
})

it('expands ${filename} to the name that the browser sent', async () => {
  const origin = `${inject('cosUrl')}/${bucket}`
  const folder = `native/${crypto.randomUUID()}`
  const data = signedForm({ key: `${folder}/\${filename}`, keyPrefix: `${folder}/`, fields: { success_action_status: '200' } })
  data.set('file', new File(['x'], '照片 一.txt'))
  await submit(data, `${origin}/`)
  expect((await fetch(signedRequest({ key: `${folder}/照片 一.txt`, origin }))).status).toBe(200)
})
