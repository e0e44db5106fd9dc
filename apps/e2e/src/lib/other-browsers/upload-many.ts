import { createUploader } from '@cosdrop/core'
import { sampleFiles } from '../faults/sample-files.ts'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface ManyFiles {
  /** Of the files' bytes and sizes. */
  readonly seed: number
  readonly count: number
  readonly policyUrl: string
  readonly confirmUrl?: string
}

export interface ManySeen {
  readonly items: readonly SeenItem[]
  /** Why files were sent again, in order. */
  readonly retried: readonly string[]
  /** Names of files whose reply was lost after everything was, or may have been, sent. */
  readonly doubted: readonly string[]
  /** How often the engine sent a form. */
  readonly sent: number
}

/** Six at a time, each proven by its CRC-64. */
export async function uploadMany({ seed, count, policyUrl, confirmUrl }: ManyFiles): Promise<ManySeen> {
  const uploader = createUploader({
    policy: policyUrl,
    ...(confirmUrl !== undefined && { confirm: confirmUrl }),
    concurrency: 6,
    integrity: 'verify',
    retry: { attempts: 8, baseDelay: 20, maxDelay: 200 },
  })
  const [retried, doubted] = [new Array<string>(), new Array<string>()]
  let sent = 0
  uploader.onEvent((event) => {
    if (event.type === 'upload-started') sent += 1
    if (event.type === 'outcome-doubted') doubted.push(event.item.name)
    if (event.type !== 'upload-retried') return
    const { error } = event.item
    retried.push(error.code === 'service' ? `${error.details.serviceCode}` : error.code)
  })
  const items = await uploader.upload(Array.from(sampleFiles(seed, count), ({ name, bytes }) => new File([bytes], name)))
  uploader.destroy()
  return { items: items.map(seenItem), retried, doubted, sent }
}
