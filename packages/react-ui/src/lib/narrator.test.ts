import { CosUploadError, createUploader, type Uploader } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { createFormat } from './format/format.ts'
import { en } from './messages/en.ts'
import { createNarrator } from './narrator.ts'
import { queued, sending, stored, storedResult as result } from './testing/staged-items.ts'
import { createStagedUploader, type StagedUploader } from './testing/staged-uploader.ts'

const failure = new CosUploadError('stalled', '', { idleMs: 30_000, sent: 0 })

function listenTo(uploader: Uploader): string[] {
  const said: string[] = []
  const narrator = createNarrator(
    { current: { messages: en, format: createFormat('en', en.units), restrictions: { accept: 'image/*,.pdf' } } },
    (text) => said.push(text.replaceAll(/[\u2068\u2069]/gu, '')),
  )
  uploader.onEvent(narrator.hearEvent)
  uploader.subscribe(() => narrator.hearSnapshot(uploader.getSnapshot()))
  return said
}
const send = (uploader: StagedUploader, id: string, sent: number) => uploader.stage(id, sending(sent))
const fileOf = (size: number) => new File([new Uint8Array(size)], `file-${size}.bin`)

describe('what the live region says', () => {
  it('is start, quarters and end, each once', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    for (const sent of [0, 100, 249, 250, 251, 499, 500, 740, 990, 990]) send(uploader, id, sent)
    uploader.stage(id, { status: 'success', result })
    expect(said).toEqual([
      'Uploading 1 file.',
      '25% uploaded, 0 of 1 file stored.',
      '50% uploaded, 0 of 1 file stored.',
      '75% uploaded, 0 of 1 file stored.',
      '1 file stored.',
    ])
  })

  it('is also how many they are when files are added while others are sent', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    send(uploader, id, 0)
    uploader.add([fileOf(10), fileOf(20)])
    await Promise.resolve()
    expect(said).toEqual(['Uploading 1 file.', 'Uploading 3 files.'])
    uploader.stage(id, { status: 'success', result })
    uploader.add([fileOf(30)])
    await Promise.resolve()
    expect(said.slice(2)).toEqual(['Uploading 3 files.'])
  })

  it('is how many wait for a button, where they do, and then that they are sent', async () => {
    const uploader = createStagedUploader({ autoUpload: false })
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    await Promise.resolve()
    uploader.add([fileOf(10)])
    await Promise.resolve()
    uploader.start()
    uploader.stage(id, sending(0))
    expect(said).toEqual(['1 file to upload.', '2 files to upload.', 'Uploading 2 files.'])
  })

  it('is of what is added while others are sent that it waits for the button, at once and when they are through', async () => {
    const uploader = createStagedUploader({ autoUpload: false })
    const said = listenTo(uploader)
    const [first = ''] = uploader.add([fileOf(1000)])
    await Promise.resolve()
    uploader.stage(first, sending(0))
    const [second = ''] = uploader.add([fileOf(1000)])
    await Promise.resolve()
    expect(said).toEqual(['1 file to upload.', 'Uploading 1 file.', '1 file to upload.'])
    uploader.stage(first, sending(500))
    uploader.stage(first, { status: 'success', result })
    await Promise.resolve()
    expect(said.slice(3)).toEqual(['50% uploaded, 0 of 1 file stored.', '1 file stored.', '1 file to upload.'])
    uploader.stage(second, sending(0))
    uploader.stage(second, { status: 'success', result })
    await Promise.resolve()
    expect(said.slice(6)).toEqual(['Uploading 1 file.', '2 files stored.'])
  })

  it('is quarters of what is sent also where another file waits for the button than the last time', () => {
    const uploader = createStagedUploader({ autoUpload: false })
    const said = listenTo(uploader)
    const [first = '', large = ''] = uploader.add([fileOf(1000), fileOf(100_000)])
    uploader.stage(first, sending(500))
    uploader.stage(first, { status: 'success', result })
    uploader.remove(large)
    const [next = ''] = uploader.add([fileOf(1000), fileOf(10)])
    uploader.stage(next, sending(0))
    uploader.stage(next, sending(600))
    expect(said.at(-1)).toBe('50% uploaded, 0 of 1 file stored.')
  })

  it('is once of all that an app adds one by one, with their number', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    send(uploader, id, 0)
    for (let size = 1; size < 50; size++) uploader.add([fileOf(size)])
    await Promise.resolve()
    expect(said).toEqual(['Uploading 1 file.', 'Uploading 50 files.'])
  })

  // The engine tells up to a frame later that a file has begun, and an app's change of the list brings that along.
  it('counts no file twice that is added before anybody was told that the first one has begun', async () => {
    const said: string[] = []
    const words = { messages: en, format: createFormat('en', en.units), restrictions: {} }
    const narrator = createNarrator({ current: words }, (text) => said.push(text))
    const snapshot = createStagedUploader({ items: [{ name: 'a', size: 1000, state: sending(0) }, queued('b')] }).getSnapshot()
    narrator.hearSnapshot(snapshot)
    narrator.hearEvent({ type: 'files-added', items: [...snapshot.items].slice(1) })
    await Promise.resolve()
    expect(said).toEqual(['Uploading 2 files.'])
  })

  it('is not of files that a reload brings back as stored while others are sent', async () => {
    const said: string[] = []
    const words = { messages: en, format: createFormat('en', en.units), restrictions: {} }
    const narrator = createNarrator({ current: words }, (text) => said.push(text))
    const sent = { name: 'a', size: 1e9, state: sending(0) }
    narrator.hearSnapshot(createStagedUploader({ items: [sent] }).getSnapshot())
    const after = createStagedUploader({ items: [sent, stored('b')] }).getSnapshot()
    narrator.hearSnapshot(after)
    narrator.hearEvent({ type: 'files-added', items: [...after.items].slice(1) })
    await Promise.resolve()
    expect(said).toEqual(['Uploading 1 file.'])
  })

  it('skips quarters that went by between two looks', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    send(uploader, id, 0)
    send(uploader, id, 800)
    expect(said).toEqual(['Uploading 1 file.', '75% uploaded, 0 of 1 file stored.'])
  })

  it('starts again at zero with a second batch', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [first = ''] = uploader.add([fileOf(1000)])
    send(uploader, first, 0)
    uploader.stage(first, { status: 'success', result })
    said.length = 0
    const [second = ''] = uploader.add([fileOf(1000)])
    send(uploader, second, 0)
    send(uploader, second, 200)
    expect(said).toEqual(['Uploading 1 file.'])
    send(uploader, second, 260)
    expect(said.at(-1)).toBe('25% uploaded, 0 of 1 file stored.')
  })

  it('counts a batch right though files that were stored before it are cleared meanwhile', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [first = ''] = uploader.add([fileOf(1000)])
    send(uploader, first, 0)
    uploader.stage(first, { status: 'success', result })
    const [second = ''] = uploader.add([fileOf(1000)])
    send(uploader, second, 0)
    uploader.clear()
    said.length = 0
    send(uploader, second, 260)
    expect(said).toEqual(['25% uploaded, 0 of 1 file stored.'])
  })

  it('counts a file of this batch that is cleared meanwhile', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [first = '', second = ''] = uploader.add([fileOf(100), fileOf(1000)])
    send(uploader, first, 0)
    uploader.stage(first, { status: 'success', result })
    uploader.clear()
    send(uploader, second, 500)
    expect(said).toEqual(['Uploading 2 files.', '50% uploaded, 1 of 2 files stored.'])
  })

  it('counts a batch right though files that failed or were canceled before it are there, and are cleared meanwhile', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [first = '', other = ''] = uploader.add([fileOf(10), fileOf(1000)])
    uploader.stage(first, { status: 'error', attempt: 1, error: failure })
    uploader.cancel(other)
    const [second = ''] = uploader.add([fileOf(1000)])
    send(uploader, second, 0)
    send(uploader, second, 260)
    expect(said.at(-1)).toBe('25% uploaded, 0 of 1 file stored.')
    uploader.clear()
    send(uploader, second, 510)
    expect(said.at(-1)).toBe('50% uploaded, 0 of 1 file stored.')
  })

  it('counts the bytes of a batch alone, however large a file is that failed before it', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [large = ''] = uploader.add([fileOf(9000)])
    uploader.stage(large, { status: 'error', attempt: 1, error: failure })
    const [small = ''] = uploader.add([fileOf(1000)])
    for (const sent of [0, 260, 510, 760]) send(uploader, small, sent)
    expect(said.slice(-3)).toEqual(['25%', '50%', '75%'].map((share) => `${share} uploaded, 0 of 1 file stored.`))
  })

  it('counts a file that failed before a batch and is tried again in it', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const failing = uploader.add([fileOf(1000), fileOf(1000)])
    for (const id of failing) uploader.stage(id, { status: 'error', attempt: 1, error: failure })
    const [first = '', second = ''] = failing
    send(uploader, first, 0)
    send(uploader, second, 0)
    send(uploader, first, 500)
    expect(said.at(-1)).toBe('25% uploaded, 0 of 2 files stored.')
    uploader.stage(first, { status: 'success', result })
    send(uploader, second, 100)
    expect(said.at(-1)).toBe('50% uploaded, 1 of 2 files stored.')
  })

  it('counts no file that failed before a batch, is to be tried again in it, and is canceled before its turn', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [large = ''] = uploader.add([fileOf(9000)])
    uploader.stage(large, { status: 'error', attempt: 1, error: failure })
    const [small = ''] = uploader.add([fileOf(1000)])
    send(uploader, small, 0)
    uploader.retry(large)
    uploader.cancel(large)
    send(uploader, small, 260)
    expect(said.at(-1)).toBe('25% uploaded, 0 of 1 file stored.')
  })

  it('is no share of files that are empty, and no end before there is one', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [empty = '', other = ''] = uploader.add([fileOf(0), fileOf(0)])
    send(uploader, empty, 0)
    send(uploader, other, 0)
    for (const id of [empty, other]) uploader.stage(id, { status: 'success', result })
    expect(said).toEqual(['Uploading 2 files.', '2 files stored.'])
    said.length = 0
    const [last = '', first = ''] = uploader.add([fileOf(0), fileOf(1000)])
    send(uploader, last, 0)
    send(uploader, first, 0)
    uploader.stage(first, { status: 'success', result })
    expect(said).toEqual(['Uploading 2 files.'])
  })

  it('names a failure by its file, once', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1)])
    send(uploader, id, 0)
    uploader.stage(id, { status: 'error', attempt: 1, error: failure })
    await Promise.resolve()
    expect(said).toEqual(['Uploading 1 file.', 'file-1.bin: Connection stalled.'])
  })

  it('tells of a batch how it ended also where one file failed, which was named', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [failing = '', other = ''] = uploader.add([fileOf(1), fileOf(2)])
    uploader.stage(failing, { status: 'error', attempt: 1, error: failure })
    await Promise.resolve()
    uploader.stage(other, { status: 'success', result })
    expect(said).toEqual(['file-1.bin: Connection stalled.', '1 file stored, 1 failed.'])
  })

  it('names a file of a folder with its folder, as its buttons do', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([{ file: fileOf(1), relativePath: 'album/file-1.bin' }])
    send(uploader, id, 0)
    uploader.stage(id, { status: 'error', attempt: 1, error: failure })
    await Promise.resolve()
    expect(said.at(-1)).toBe('album/file-1.bin: Connection stalled.')
  })

  it('names a file that the policy does not take as its row does', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(9)])
    const details = { field: 'content-length-range', condition: '', expected: '0 to 8 bytes', actual: '9' }
    uploader.stage(id, { status: 'error', attempt: 0, error: new CosUploadError('policy-mismatch', '', details) })
    await Promise.resolve()
    expect(said).toEqual(['file-9.bin: Not uploaded.'])
  })

  it('counts the failures of a second batch from its third one on, as those of the first', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    for (let batch = 0; batch < 2; batch++) {
      said.length = 0
      const [last = '', ...ids] = uploader.add([1, 2, 3, 4].map(fileOf))
      for (const id of ids) {
        uploader.stage(id, { status: 'error', attempt: 1, error: failure })
        await Promise.resolve()
      }
      expect(said).toEqual(['file-2.bin: Connection stalled.', 'file-3.bin: Connection stalled.', '3 files not uploaded.'])
      uploader.stage(last, { status: 'success', result })
      await Promise.resolve()
    }
  })

  it('counts many failures instead of naming them all', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const ids = uploader.add([1, 2, 3].map(fileOf))
    for (const id of ids) uploader.stage(id, { status: 'error', attempt: 1, error: failure })
    await Promise.resolve()
    expect(said).toEqual(['3 failed.', '3 files not uploaded.'])
  })

  it('names no failure after the second, also when they come one by one, and tells their number as it doubles', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const fail = async (id: string): Promise<void> => {
      uploader.stage(id, { status: 'error', attempt: 1, error: failure })
      await Promise.resolve()
    }
    const [last = '', ...ids] = uploader.add(Array.from({ length: 100 }, (_, index) => fileOf(index)))
    for (const id of ids) await fail(id)
    const counts = [3, 6, 12, 24, 48, 96].map((count) => `${count} files not uploaded.`)
    expect(said).toEqual(['file-1.bin: Connection stalled.', 'file-2.bin: Connection stalled.', ...counts])
    await fail(last)
    said.length = 0
    const [another = ''] = uploader.add([fileOf(100)])
    await fail(another)
    expect(said).toContain('file-100.bin: Connection stalled.')
  })

  it('tells which files were not added, and why', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    uploader.reject([
      {
        file: new Blob(),
        name: 'a.exe',
        errors: [{ code: 'file-invalid-type', message: '"a.exe" (1 B) was refused: only image/*,.pdf.', limit: 'image/*,.pdf' }],
      },
    ])
    expect(said).toEqual(['1 file was not added. a.exe: only images and PDF can be added.'])
  })

  it('counts files that the rules of the app refuse one after the other, and tells their number as it doubles and at the end', async () => {
    const uploader = createUploader({ policy: '', restrictions: { validate: () => ({ code: 'mine', message: 'Not this one.' }) } })
    const said = listenTo(uploader)
    const settled = (): Promise<void> => new Promise((resolve) => uploader.onEvent(({ type }) => type === 'queue-settled' && resolve()))
    uploader.add(Array.from({ length: 100 }, (_, index) => fileOf(index)))
    await settled()
    expect(said.map((text) => text.slice(0, text.indexOf('.') + 1))).toEqual([
      '1 file was not added.',
      ...[2, 4, 8, 16, 32, 64, 100].map((count) => `${count} files were not added.`),
    ])
    expect(said.at(-1)).toBe('100 files were not added. file-0.bin, file-1.bin and 98 more: Not this one.')
    said.length = 0
    uploader.add([fileOf(1)])
    await settled()
    expect(said).toEqual(['1 file was not added. file-1.bin: Not this one.'])
  })

  it('tells each time that files are not added', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    for (let time = 0; time < 2; time++) uploader.reject([1, 2].map((size) => ({ file: fileOf(size), name: 'a', errors: [] })))
    expect(said).toEqual(['2 files were not added.', '2 files were not added.'])
  })

  it('tells each time that a file is not added which was stored and taken out of the list before', () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const file = fileOf(1)
    const [id = ''] = uploader.add([file])
    uploader.stage(id, { status: 'success', result })
    uploader.remove(id)
    said.length = 0
    for (let time = 0; time < 2; time++) uploader.reject([{ file, name: 'a', errors: [] }])
    expect(said).toEqual(['1 file was not added.', '1 file was not added.'])
  })
})

describe('a queue that waits', () => {
  it('says why as soon as there are files that it keeps waiting, and that it goes on', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    uploader.pause()
    uploader.resume()
    await Promise.resolve()
    expect(said).toEqual([])
    const [id = ''] = uploader.add([fileOf(1000)])
    send(uploader, id, 0)
    uploader.pause()
    await Promise.resolve()
    send(uploader, id, 100)
    uploader.resume()
    await Promise.resolve()
    expect(said).toEqual(['Uploading 1 file.', 'Paused', 'Uploading 1 file.'])
  })

  it('is said to upload once when nothing had begun before it waited', async () => {
    const uploader = createStagedUploader({ paused: true })
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    await Promise.resolve()
    uploader.resume()
    await Promise.resolve()
    send(uploader, id, 0)
    await Promise.resolve()
    expect(said).toEqual(['Paused', 'Uploading 1 file.'])
  })

  it('is told to who adds files to it, each time', async () => {
    const uploader = createStagedUploader({ offline: true })
    const said = listenTo(uploader)
    uploader.add([fileOf(1000)])
    await Promise.resolve()
    expect(said).toEqual(['Waiting for the network'])
    uploader.add([fileOf(1000)])
    await Promise.resolve()
    expect(said).toEqual(['Waiting for the network', 'Waiting for the network'])
  })

  it('says how many there are when it goes on, those that came meanwhile too', async () => {
    const uploader = createStagedUploader()
    const said = listenTo(uploader)
    const [id = ''] = uploader.add([fileOf(1000)])
    send(uploader, id, 0)
    uploader.pause()
    await Promise.resolve()
    uploader.add([fileOf(1), fileOf(2)])
    await Promise.resolve()
    uploader.resume()
    await Promise.resolve()
    expect(said).toEqual(['Uploading 1 file.', 'Paused', 'Paused', 'Uploading 3 files.'])
  })
})
