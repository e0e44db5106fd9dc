/** The part of `wx` that an upload needs. In a mini program its types come from `miniprogram-api-typings`. */
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

/** What the policy endpoint answers. */
export interface PolicyReply {
  readonly posts?: readonly { readonly url: string; readonly fields: Readonly<Record<string, string>> }[]
  readonly error?: { readonly code: string; readonly message: string }
}

export interface ChosenFile {
  /** `tempFilePath` of wx.chooseMedia. */
  readonly filePath: string
  /** Bytes. */
  readonly size: number
}
