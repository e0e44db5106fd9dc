import { createUploader } from '@cosdrop/core'
import { sampleFiles } from '../faults/sample-files.ts'
import { sampleBytes } from '../sample-bytes.ts'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface CanceledFile {
  readonly seed: number
  readonly name: string
  readonly size: number
  readonly policyUrl: string
}

export interface CanceledSeen {
  /** Files that were uploaded before the one that is canceled, by the same uploader. */
  readonly before: readonly SeenItem[]
  readonly canceled: SeenItem
  /** Bytes of it that were told to be sent when it was canceled. */
  readonly sent: number
  /** What was told of it after that. */
  readonly later: readonly string[]
  /** Files after it. */
  readonly after: readonly SeenItem[]
}

const AROUND = 6

/** Uploads some files, cancels a large one once a quarter of it is sent, and uploads others. Nothing is ever sent again. */
export async function cancelHalfway({ seed, name, size, policyUrl }: CanceledFile): Promise<CanceledSeen> {
  const uploader = createUploader({ policy: policyUrl, concurrency: 3, retry: false })
  const files = Array.from(sampleFiles(seed, 2 * AROUND), (sample) => new File([sample.bytes], sample.name))
  const before = await uploader.upload(files.slice(0, AROUND))

  const [id = ''] = uploader.add([new File([sampleBytes(size)], name)])
  const sent = await new Promise<number>((resolve, reject) => {
    const stop = uploader.onEvent((event) => {
      if (event.type === 'upload-succeeded' || event.type === 'upload-failed') reject(new Error(`${event.type} before it could be canceled`))
      if (event.type !== 'upload-progressed') return
      const { progress } = event.item
      if (progress.kind !== 'bytes' || progress.sent < size / 4) return
      stop()
      resolve(progress.sent)
    })
  })
  uploader.cancel(id)
  const canceled = uploader.getItem(id)
  if (canceled === undefined) throw new Error('The uploader lost its file.')
  const later: string[] = []
  uploader.onEvent((event) => {
    if ('item' in event && event.item.id === id) later.push(event.type)
  })
  const after = await uploader.upload(files.slice(AROUND))
  uploader.destroy()
  return { before: before.map(seenItem), canceled: seenItem(canceled), sent, later, after: after.map(seenItem) }
}
