import { createUploader, type Clock, type Transport } from '@cosdrop/core'
import Uppy from '@uppy/core'

export interface StoreCost {
  /** Milliseconds to add the files until the list can be read and its listener was told. */
  readonly add: number
  /** Milliseconds of one item's event, from the transport's word until the listener has read the item. */
  readonly event: number
}

const EVENTS = 2000

/** A clock that paints a frame when it is told to. */
function handClock(): { readonly clock: Clock; readonly paint: () => void } {
  let due: (() => void) | null = null
  const hold = (callback: () => void): (() => void) => {
    due = callback
    return () => (due = null)
  }
  return {
    clock: { now: () => performance.now(), after: (ms, callback) => (ms > 50 ? () => {} : hold(callback)) },
    paint() {
      const callback = due
      due = null
      callback?.()
    },
  }
}

/** Ours: one of the items uploads, and tells of its progress over and over. */
export async function cosdropStoreCost(files: readonly File[]): Promise<StoreCost> {
  const { clock, paint } = handClock()
  let tell: (progress: (sent: number, phase: 'sending') => void) => void = () => {}
  const sending = new Promise<(sent: number, phase: 'sending') => void>((resolve) => (tell = resolve))
  const transport: Transport = (_form, { onProgress, signal }) => {
    tell(onProgress)
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const uploader = createUploader({
    policy: ({ files: asked }) => {
      const post = { url: 'http://127.0.0.1/', fields: { key: 'a' }, expiresAt: '2030-01-01T00:00:00Z' }
      return Promise.resolve({ serverTime: '2029-12-31T00:00:00Z', posts: asked.map(() => post) })
    },
    autoUpload: false,
    integrity: 'off',
    clock,
    transport,
  })
  let told = 0
  uploader.subscribe(() => {
    told += uploader.getSnapshot().totals.files > 0 ? 1 : 0
  })

  const addedAt = performance.now()
  const [first] = uploader.add(files)
  const shown = uploader.getSnapshot().ids.length
  await Promise.resolve()
  const add = performance.now() - addedAt
  if (first === undefined || shown !== files.length || told === 0) throw new Error('The files were not added.')

  uploader.start(first)
  const onProgress = await sending
  const size = files[0]?.size ?? 0
  if (size <= EVENTS) throw new Error('The first file is too small to be told of that often.')
  let read = 0
  const stop = uploader.subscribeItem(first, () => {
    read += uploader.getSnapshot().items.get(first)?.status === 'uploading' ? 1 : 0
  })
  const startedAt = performance.now()
  for (let sent = 1; sent <= EVENTS; sent++) {
    onProgress(sent, 'sending')
    paint()
    await Promise.resolve()
  }
  const event = (performance.now() - startedAt) / EVENTS
  if (read < EVENTS) throw new Error(`Only ${read} of ${EVENTS} events were heard of.`)
  stop()
  uploader.destroy()
  return { add, event }
}

/** Uppy's core doing the same: files into the store, then one file's state over and over. */
export async function uppyStoreCost(files: readonly File[]): Promise<StoreCost> {
  const instance = new Uppy()
  let read = 0
  instance.on('state-update', () => {
    read += instance.getFiles().length > 0 ? 1 : 0
  })
  const addedAt = performance.now()
  instance.addFiles(files.map((file) => ({ name: file.name, type: file.type, data: file })))
  const add = performance.now() - addedAt
  const [first] = instance.getFiles()
  if (first === undefined || read === 0) throw new Error('The files were not added.')
  const startedAt = performance.now()
  const events = 100
  for (let sent = 1; sent <= events; sent++) {
    instance.setFileState(first.id, { meta: { ...first.meta, sent: String(sent) } })
    await Promise.resolve()
  }
  const event = (performance.now() - startedAt) / events
  instance.destroy()
  return { add, event }
}
