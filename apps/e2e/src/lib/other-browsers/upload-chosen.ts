import { createUploader } from '@cosdrop/core'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface ChosenFile {
  readonly policyUrl: string
  readonly confirmUrl: string
  readonly contentMd5: boolean
}

const chosen = (): readonly File[] => [...(document.querySelector('input')?.files ?? [])]

export function chosenSizes(): readonly number[] {
  return chosen().map(({ size }) => size)
}

/** Uploads what the page's file input holds. */
export async function uploadChosen({ policyUrl, confirmUrl, contentMd5 }: ChosenFile): Promise<readonly SeenItem[]> {
  const uploader = createUploader({ policy: policyUrl, confirm: confirmUrl, contentMd5, retry: { baseDelay: 20, maxDelay: 200 } })
  const items = await uploader.upload(chosen())
  uploader.destroy()
  return items.map(seenItem)
}
