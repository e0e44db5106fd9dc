import type { ChosenFile, MiniProgram } from './mini-program-api.ts'

/** Asks the policy endpoint for a form and posts it. Resolves with the object's key. */
export function uploadFile(wx: MiniProgram, token: string, { filePath, size }: ChosenFile): Promise<string> {
  const name = filePath.split('/').at(-1) ?? 'file'
  return new Promise((resolve, reject) => {
    const fail = (error: { readonly errMsg: string }): void => reject(new Error(error.errMsg))
    wx.request({
      url: 'https://www.example.com/policy',
      method: 'POST',
      header: { Authorization: `Bearer ${token}` },
      data: { files: [{ name, type: '', size }] },
      success({ data }) {
        const post = data.posts?.[0]
        if (post === undefined) return reject(new Error(data.error?.message))
        wx.uploadFile({
          url: post.url,
          filePath,
          name: 'file',
          formData: post.fields,
          success({ statusCode }) {
            if (statusCode === 204) resolve(post.fields['key'] ?? '')
            else reject(new Error(`COS answered ${statusCode}.`))
          },
          fail,
        })
      },
      fail,
    })
  })
}
