import { createUploader, createXhrTransport } from '@cosdrop/core'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface StoodStill {
  readonly policyUrl: string
  /** Milliseconds. */
  readonly replyTimeout: number
  /** Milliseconds, from when the page waits for the reply. */
  readonly from: number
  readonly ms: number
}

/** Uploads one small file, and stands still, as under a dialog or at a breakpoint, while its reply comes. */
export async function standStill({ policyUrl, replyTimeout, from, ms }: StoodStill): Promise<readonly SeenItem[]> {
  const uploader = createUploader({ policy: policyUrl, transport: createXhrTransport({ replyTimeout }) })
  uploader.onEvent((event) => {
    if (event.type !== 'upload-progressed' || event.item.status !== 'uploading' || event.item.phase !== 'waiting') return
    setTimeout(() => {
      for (const end = performance.now() + ms; performance.now() < end;);
    }, from)
  })
  const items = await uploader.upload([new File(['still'], 'still.txt')])
  uploader.destroy()
  return items.map(seenItem)
}
