import { createUploader, createXhrTransport, type Uploader } from '@cosdrop/core'
import { seenItem, type SeenItem } from '../../seen-item.ts'

export interface ReloadUrls {
  /** Where the forms go, in place of where they are signed for. */
  readonly action: string
  readonly policyUrl: string
  readonly confirmUrl: string
}

let uploader: Uploader | undefined

const reloads = {
  /** What the page before left behind. */
  async open({ action, policyUrl, confirmUrl }: ReloadUrls): Promise<readonly SeenItem[]> {
    const send = createXhrTransport()
    uploader = createUploader({
      policy: policyUrl,
      confirm: confirmUrl,
      recovery: 'reload',
      concurrency: 1,
      transport: (form, options) => send({ ...form, action }, options),
    })
    await uploader.restore()
    return reloads.seen()
  },
  add: (): void => void uploader?.add([...(document.querySelector('input')?.files ?? [])]),
  seen: (): readonly SeenItem[] => Array.from(uploader?.getSnapshot().items ?? [], seenItem),
  sentBytes: (): number => uploader?.getSnapshot().totals.sentBytes ?? 0,
}

declare global {
  interface Window {
    reloads: typeof reloads
  }
}

window.reloads = reloads
