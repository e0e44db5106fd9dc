import { createUploader, type UploadItem } from '@cosdrop/core'
import { sampleBytes } from '../sample-bytes.ts'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface WatchedFile {
  readonly name: string
  readonly size: number
  readonly policyUrl: string
}

export interface SeenProgress {
  readonly sent: number
  readonly total: number
  readonly phase: 'sending' | 'waiting'
}

export interface WatchedSeen {
  readonly item: SeenItem
  /** As events told it. */
  readonly told: readonly SeenProgress[]
  /** As the snapshots had it. */
  readonly shown: readonly SeenProgress[]
  /** Types of all events of this file but progress, in order. */
  readonly events: readonly string[]
}

function progressOf(item: UploadItem): readonly SeenProgress[] {
  if (item.status !== 'uploading' || item.progress.kind !== 'bytes') return []
  const { sent, total } = item.progress
  return [{ sent, total, phase: item.phase }]
}

/** Notes all that a person could see of one upload, by an uploader that has uploaded others: what is used again must not tell of those. */
export async function uploadWatched({ name, size, policyUrl }: WatchedFile): Promise<WatchedSeen> {
  const uploader = createUploader({ policy: policyUrl })
  await uploader.upload(Array.from({ length: 6 }, (_, at) => new File([sampleBytes(at)], `before-${at}`)))
  const [told, shown, events] = [new Array<SeenProgress>(), new Array<SeenProgress>(), new Array<string>()]
  uploader.onEvent((event) => {
    if (!('item' in event) || event.item.name !== name) return
    if (event.type === 'upload-progressed') told.push(...progressOf(event.item))
    else events.push(event.type)
  })
  uploader.subscribe(() => {
    for (const item of uploader.getSnapshot().items) if (item.name === name) shown.push(...progressOf(item))
  })
  const items = await uploader.upload([new File([sampleBytes(size)], name)])
  uploader.destroy()
  const [item] = items.map(seenItem)
  if (item === undefined) throw new Error('The uploader lost its file.')
  return { item, told, shown, events }
}
