/** The part of `wx` that an upload needs. */
export interface MiniProgram {
  request(options: {
    readonly url: string
    readonly method: 'POST'
    readonly header: Readonly<Record<string, string>>
    readonly data: unknown
    readonly success: (reply: { readonly statusCode: number; readonly data: PolicyReply }) => void
    readonly fail: (error: { readonly errMsg: string }) => void
  }): unknown
  uploadFile(options: {
    readonly url: string
    readonly filePath: string
    readonly name: string
    readonly formData: Readonly<Record<string, string>>
    readonly success: (reply: { readonly statusCode: number; readonly data: string }) => void
    readonly fail: (error: { readonly errMsg: string }) => void
  }): unknown
}

interface PolicyReply {
  readonly posts?: readonly { readonly url: string; readonly fields: Readonly<Record<string, string>> }[]
  readonly error?: { readonly code: string; readonly message: string }
}

interface ChosenFile {
  /** `tempFilePath` of wx.chooseMedia. */
  readonly filePath: string
  /** Bytes. */
  readonly size: number
}

/** Asks the policy endpoint for a form and posts it. Resolves with the object's key. */
export function uploadFromMiniProgram(wx: MiniProgram, authorization: string, { filePath, size }: ChosenFile): Promise<string> {
  const name = filePath.split('/').at(-1) ?? 'file'
  return new Promise((resolve, reject) => {
    const fail = ({ errMsg }: { readonly errMsg: string }): void => reject(new Error(errMsg))
    wx.request({
      url: 'https://www.example.com/policy',
      method: 'POST',
      header: { Authorization: authorization },
      data: { files: [{ name, type: '', size }] },
      success({ data }) {
        const post = data.posts?.[0]
        if (post === undefined) return reject(new Error(data.error?.message ?? 'no form'))
        wx.uploadFile({
          url: post.url,
          filePath,
          name: 'file',
          formData: post.fields,
          success: ({ statusCode }) => (statusCode === 204 ? resolve(post.fields['key'] ?? '') : reject(new Error(`COS answered ${statusCode}.`))),
          fail,
        })
      },
      fail,
    })
  })
}
