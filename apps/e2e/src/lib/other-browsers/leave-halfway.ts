import { createUploader } from '@cosdrop/core'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface LeftFile {
  readonly size: number
  readonly policyUrl: string
  readonly confirmUrl: string
}

const ELSEWHERE = '?elsewhere'
let ended: Promise<readonly SeenItem[]> | undefined

/** Uploads what the page's file input holds, and follows a link once a tenth of it is sent. The page that it leads to goes back by itself. */
export async function leaveHalfway({ size, policyUrl, confirmUrl }: LeftFile): Promise<void> {
  const uploader = createUploader({ policy: policyUrl, confirm: confirmUrl, retry: { baseDelay: 20, maxDelay: 200 } })
  const begun = new Promise<void>((resolve) => {
    uploader.onEvent((event) => {
      if (event.type !== 'upload-progressed') return
      const { progress } = event.item
      if (progress.kind === 'bytes' && progress.sent > size / 10) resolve()
    })
  })
  const files = [...(document.querySelector('input')?.files ?? [])]
  const back = new Promise<void>((resolve) => addEventListener('pageshow', ({ persisted }) => persisted && resolve()))
  ended = Promise.all([uploader.upload(files), back]).then(([items]) => items.map(seenItem))
  await begun
  // Not before the driver has its answer.
  setTimeout(() => location.assign(ELSEWHERE), 100)
}

/** What became of it; `null` on a page that did not come back from the back/forward cache. */
export async function cameBack(): Promise<readonly SeenItem[] | null> {
  return (await ended) ?? null
}

/** On the page that the link leads to. */
export function goBackFromElsewhere(): void {
  if (location.search === ELSEWHERE) addEventListener('pageshow', () => setTimeout(() => history.back(), 500))
}
