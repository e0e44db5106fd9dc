import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RejectionReason } from './restrict/restrictions.ts'
import type { UploaderOptions } from './uploader.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { isCosUploadError } from './upload-error.ts'

afterEach(() => vi.unstubAllGlobals())

describe('restrictions', () => {
  test('a file that breaks one is not added, and is told with every reason', async () => {
    const { uploader, run, items, told } = createUploaderFixture({ restrictions: { accept: 'image/*', maxSize: 5 } })
    const ids = uploader.add([new File(['0123456789'], 'a.txt', { type: 'text/plain' }), new File(['x'], 'b.png', { type: 'image/png' })])
    await run()
    expect(ids).toHaveLength(1)
    expect(items()).toMatchObject([{ name: 'b.png' }])
    expect(uploader.getSnapshot().rejections).toMatchObject([{ name: 'a.txt', errors: [{ code: 'file-invalid-type' }, { code: 'file-too-large' }] }])
    expect(told()).toEqual(expect.arrayContaining(['files-added', 'files-rejected']))
    uploader.dismissRejections()
    expect(uploader.getSnapshot().rejections).toEqual([])
  })

  test('a drop of which nothing may be added is told as refused, and not as added', async () => {
    const { uploader, run, told } = createUploaderFixture({ restrictions: { maxSize: 5 } })
    uploader.add(files(['a', 'b']))
    await run()
    expect(told()).toEqual(['files-rejected'])
  })

  test('count and total size hold over all that is in the list, canceled files not counted', () => {
    const { uploader, items } = createUploaderFixture({ restrictions: { maxFiles: 3, maxTotalSize: 25 } })
    const [a] = uploader.add(numbered(3))
    expect(items()).toHaveLength(2)
    expect(uploader.getSnapshot().rejections[0]?.errors).toMatchObject([{ code: 'total-too-large' }])
    uploader.cancel(a)
    uploader.add(files(['c'], 1))
    uploader.add(files(['d'], 1))
    uploader.add(files(['e'], 1))
    expect(uploader.getSnapshot().rejections[0]?.errors).toMatchObject([{ code: 'too-many-files' }])
  })

  test('rejections are those of the last addition', () => {
    const { uploader } = createUploaderFixture({ restrictions: { maxSize: 5 } })
    uploader.add(files(['a', 'b']))
    expect(uploader.getSnapshot().rejections.map(({ name }) => name)).toEqual(['a', 'b'])
    uploader.add(files(['c']))
    expect(uploader.getSnapshot().rejections.map(({ name }) => name)).toEqual(['c'])
  })

  test('a file of a chosen folder has its path, unless the app says that it has none', () => {
    const { uploader, items } = createUploaderFixture({ autoUpload: false })
    const file = Object.defineProperty(new File(['x'], 'b.txt'), 'webkitRelativePath', { value: 'dir/b.txt' })
    uploader.add([file, { file, name: 'c.txt' }, { file, relativePath: null }])
    expect(items().map(({ relativePath }) => relativePath)).toEqual(['dir/b.txt', 'dir/b.txt', null])
  })

  test('names, paths and priorities come from the file or from whoever adds it', () => {
    const { uploader, items } = createUploaderFixture()
    const [file] = files(['a.txt'])
    uploader.add([file!, { file: file!, name: 'b.txt', relativePath: 'dir/b.txt', priority: 2 }, new Blob(['x'], { type: 'text/x' })])
    expect(items()).toMatchObject([
      { name: 'a.txt', relativePath: null, priority: 0 },
      { name: 'b.txt', relativePath: 'dir/b.txt', priority: 2 },
      { name: 'blob', type: 'text/x' },
    ])
  })
})

describe('validate', () => {
  test('a file waits for the app’s own rule, and is taken out when it breaks it', async () => {
    const answers: ((reason: RejectionReason | null) => void)[] = []
    const { uploader, run, storage, items, told } = createUploaderFixture({
      restrictions: { validate: () => new Promise((resolve) => answers.push(resolve)) },
    })
    uploader.add(files(['a', 'b']))
    await run()
    expect(storage.requests).toHaveLength(0)
    answers[0]!({ code: 'has-virus', message: 'No.' })
    answers[1]!(null)
    await run()
    expect(items()).toMatchObject([{ name: 'b', status: 'uploading' }])
    expect(uploader.getSnapshot().rejections).toMatchObject([{ name: 'a', errors: [{ code: 'has-virus', message: 'No.' }] }])
    expect(told()).toEqual(['files-added', 'item-removed', 'files-rejected', 'upload-started'])
  })

  test('a rule that throws rejects the file with its message', async () => {
    const { uploader, run } = createUploaderFixture({
      restrictions: {
        validate() {
          throw new Error('cannot decode')
        },
      },
    })
    const promise = uploader.uploadAsync(files(['a'])[0]!).catch((error: unknown) => error)
    await run()
    const error = await promise
    expect(isCosUploadError(error, 'file-rejected') && error.details.reasons).toEqual([{ code: 'validate-failed', message: 'cannot decode' }])
  })

  test('removing a file ends its examination; retrying a canceled one examines it again', async () => {
    const signals: AbortSignal[] = []
    let allow: (reason: null) => void = () => {}
    const { uploader, run, statuses } = createUploaderFixture({
      restrictions: {
        validate(_, { signal }) {
          signals.push(signal)
          return new Promise((resolve) => (allow = resolve))
        },
      },
    })
    const [a] = uploader.add(files(['a']))
    await run()
    uploader.cancel(a)
    expect(signals[0]?.aborted).toBe(true)
    allow(null)
    await run()
    expect(statuses()).toEqual(['canceled'])
    uploader.retry(a)
    await run()
    expect(signals).toHaveLength(2)
    allow(null)
    await run()
    expect(statuses()).toEqual(['uploading'])
  })
})

describe('prepare', () => {
  test('the file it returns is the one that is checked and sent', async () => {
    const { uploader, run, storage, items } = createUploaderFixture({
      restrictions: { maxSize: 5, accept: '.webp' },
      prepare: (_, { name }) => new File(['small'], name.replace('.png', '.webp'), { type: 'image/webp' }),
    })
    uploader.add(files(['a.png'], 100))
    await run()
    expect(items()).toMatchObject([{ status: 'uploading', name: 'a.webp', size: 5, type: 'image/webp' }])
    expect(await storage.last().form.file.text()).toBe('small')
  })

  test.each<[string, unknown]>([
    ['forgets to return', undefined],
    ['hands on what `toBlob` says of a canvas that is too large', null],
    ['returns what is none', {}],
    ['returns bytes without a Blob', new ArrayBuffer(3)],
    ['returns a name alone', { name: 'b' }],
  ])('of one that %s the file is refused in words that name prepare, and no number breaks', async (_, returned) => {
    const { uploader, run } = createUploaderFixture({ prepare: () => returned as Blob })
    uploader.add(files(['a']))
    await run()
    expect(uploader.getSnapshot().rejections).toMatchObject([
      { name: 'a', errors: [{ code: 'prepare-failed', message: expect.stringContaining('`prepare` returned no file') }] },
    ])
    expect(uploader.getSnapshot().totals).toMatchObject({ files: 0, bytes: 0 })
  })

  test('what is thrown without words is a rejection as well', async () => {
    const { uploader, run } = createUploaderFixture({ prepare: () => Promise.reject(Object.create(null)) })
    const settled = uploader.upload(files(['a']))
    await run()
    expect(await settled).toEqual([])
    expect(uploader.getSnapshot().rejections).toMatchObject([{ name: 'a', errors: [{ code: 'prepare-failed' }] }])
  })

  test('a Blob keeps the name; a new name can be given alone', async () => {
    const { uploader, run, items } = createUploaderFixture({
      prepare: (file, { name }) => (name === 'a' ? file.slice(0, 3) : { file, name: 'renamed' }),
    })
    uploader.add(files(['a', 'b']))
    await run()
    expect(items()).toMatchObject([
      { name: 'a', size: 3 },
      { name: 'renamed', size: 10 },
    ])
  })

  test('what is too large after it is rejected, and so is a file for which it throws', async () => {
    const { uploader, run, items } = createUploaderFixture({
      restrictions: { maxSize: 20, maxTotalSize: 25 },
      prepare(file, { name }) {
        if (name === 'throws') throw new Error('no picture')
        return name === 'grows' ? new Blob([file, file, file]) : file
      },
    })
    uploader.add(files(['a', 'b', 'grows', 'throws', 'c']))
    await run()
    expect(items().map(({ name }) => name)).toEqual(['a', 'b'])
    expect(uploader.getSnapshot().rejections.map(({ name, errors }) => [name, errors.map(({ code }) => code)])).toEqual([
      ['grows', ['file-too-large', 'total-too-large']],
      ['throws', ['prepare-failed']],
      ['c', ['total-too-large']],
    ])
  })

  test.each<[string, Partial<UploaderOptions>]>([
    ['prepare', { prepare: (file, { name }) => (name === 'good' ? file : new Promise<Blob>(() => {})) }],
    ['validate', { restrictions: { validate: (_, { name }) => (name === 'good' ? null : new Promise<null>(() => {})) } }],
  ])('a %s that never answers keeps no place once its file is canceled', async (_, options) => {
    const { uploader, run, statuses } = createUploaderFixture(options)
    const ids = uploader.add(files(['a', 'b', 'c', 'good']))
    await run()
    // A few are examined at a time.
    expect(statuses()).toEqual(['queued', 'queued', 'queued', 'queued'])
    for (const id of ids.slice(0, 3)) uploader.cancel(id)
    await run()
    expect(statuses()).toEqual(['canceled', 'canceled', 'canceled', 'uploading'])
  })

  test('a few files are prepared at a time', async () => {
    let running = 0
    let most = 0
    const { uploader, clock, statuses } = createUploaderFixture(
      {
        async prepare(file) {
          running += 1
          most = Math.max(most, running)
          await Promise.resolve()
          running -= 1
          return file
        },
      },
      { answer: (request) => request.succeed() },
    )
    uploader.add(numbered(20))
    await clock.advance(1)
    expect(new Set(statuses())).toEqual(new Set(['success']))
    expect(most).toBe(3)
  })
})

test('a file that is prepared and still being validated counts towards the total size', async () => {
  const answers: ((reason: RejectionReason | null) => void)[] = []
  const { uploader, run, items } = createUploaderFixture({
    prepare: (file) => file,
    restrictions: { maxTotalSize: 25, validate: () => new Promise((resolve) => answers.push(resolve)) },
  })
  uploader.add(files(['a', 'b'], 20))
  await run()
  for (const answer of answers) answer(null)
  await run()
  expect(items().map(({ name }) => name)).toEqual(['a'])
})

test('what prepare makes keeps the name of the file, unless it is given another', async () => {
  const { uploader, run, items } = createUploaderFixture({ prepare: (file) => ({ file: file.slice(0, 3) }) })
  uploader.add(files(['photo.png']))
  await run()
  expect(items()).toMatchObject([{ name: 'photo.png', size: 3 }])
})

test('a canceled file is not wanted again when others have taken its room', async () => {
  const limits: Partial<UploaderOptions>[] = [
    { restrictions: { maxFiles: 1 } },
    { restrictions: { maxTotalSize: 25 } },
    { restrictions: { maxTotalSize: 25 }, prepare: (file) => file },
  ]
  for (const limit of limits) {
    const { uploader, run, items } = createUploaderFixture(limit)
    const [a] = uploader.add(files(['a'], 20))
    await run()
    uploader.cancel(a)
    const [b] = uploader.add(files(['b'], 20))
    uploader.retry(a)
    await run()
    expect(items().map(({ name, status }) => `${name} ${status}`)).toEqual(['a canceled', 'b uploading'])
    expect(uploader.getSnapshot().rejections).toMatchObject([{ name: 'a' }])
    uploader.remove(b ?? '')
    uploader.retry(a)
    await run()
    expect(items()).toMatchObject([{ name: 'a', status: 'uploading' }])
  }
})

test('a canceled file without room is told once, however often somebody presses retry', async () => {
  const { uploader, run } = createUploaderFixture({ restrictions: { maxFiles: 1 } })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  uploader.add(files(['b']))
  for (let presses = 0; presses < 3; presses += 1) uploader.retry(a)
  expect(uploader.getSnapshot().rejections).toMatchObject([{ name: 'a', errors: [{ code: 'too-many-files' }] }])
})

test('a canceled file that was prepared already, and is not prepared again, is not wanted again either when others have taken its room', async () => {
  const validate = (_file: Blob, { name }: { name: string }) => (name === 'a' ? new Promise<null>(() => {}) : null)
  const { uploader, run, statuses } = createUploaderFixture({ restrictions: { maxTotalSize: 25, validate }, prepare: (file) => file })
  const [a] = uploader.add(files(['a'], 20))
  await run()
  uploader.cancel(a)
  uploader.add(files(['b'], 20))
  await run()
  uploader.retry(a)
  await run()
  expect(statuses()).toEqual(['canceled', 'uploading'])
})

test('a failed file, which has kept its room, can be tried again in a list that is full', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({ restrictions: { maxFiles: 1 } })
  uploader.add(files(['a']))
  await run()
  storage.last().refuse(403, 'AccessDenied')
  await run()
  uploader.retry()
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('a canceled file is not wanted again without room either where `prepare`, which came after it, will not make it smaller', async () => {
  const { uploader, run, statuses, policy, storage, clock } = createUploaderFixture({ restrictions: { maxTotalSize: 25 } })
  const [a] = uploader.add(files(['a'], 20))
  await run()
  uploader.cancel(a)
  uploader.add(files(['b'], 20))
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, restrictions: { maxTotalSize: 25 }, prepare: (file) => file })
  uploader.retry(a)
  await run()
  expect(statuses()).toEqual(['canceled', 'uploading'])
})

test('a file that waits to be prepared, is canceled with all and wanted again at once, is prepared and sent once', async () => {
  const asked: string[] = []
  const answers: (() => void)[] = []
  const { uploader, run, storage, statuses } = createUploaderFixture({
    prepare: (file, { name }) => {
      asked.push(name)
      return new Promise((resolve) => answers.push(() => resolve(file.slice())))
    },
  })
  const ids = uploader.add(files(['a', 'b', 'c', 'd']))
  await run()
  expect(asked).toEqual(['a', 'b', 'c'])
  uploader.cancel()
  uploader.retry(ids[3]!)
  await run()
  const ofD = answers.slice(3)
  ofD[0]?.()
  await run()
  ofD[1]?.()
  await run()
  expect(statuses()).toEqual(['canceled', 'canceled', 'canceled', 'uploading'])
  expect(storage.active()).toHaveLength(1)
  expect(asked).toEqual(['a', 'b', 'c', 'd'])
})

test.each([
  ['the file', (file: Blob) => file],
  ['the file as an input', (file: Blob) => ({ file })],
  ['another of the same own name', () => new File(['smaller'], 'image.png')],
])('a name given with a file stays where `prepare` returns %s', async (_what, prepare) => {
  const { uploader, run, items, storage } = createUploaderFixture({ prepare })
  uploader.add([{ file: new File(['x'], 'image.png'), name: 'screenshot of page 3.png' }])
  await run()
  expect(items()).toMatchObject([{ name: 'screenshot of page 3.png' }])
  expect(storage.last().form.filename).toBe('screenshot of page 3.png')
})

test('prepare that leaves the name undefined keeps the file’s name', async () => {
  // As from JavaScript, or without exactOptionalPropertyTypes.
  const prepare = (file: Blob) => Object.assign({ file: new Blob([file]) }, JSON.parse('{"name":null}'))
  const { uploader, run, items } = createUploaderFixture({ prepare })
  uploader.add(files(['holiday.jpg']))
  await run()
  expect(items()).toMatchObject([{ name: 'holiday.jpg' }])
})

test('what prepare or validate throws is told in words', async () => {
  const validate = () => Promise.reject(JSON.parse('{"code":"blurred","message":"It is blurred."}'))
  const { uploader, run } = createUploaderFixture({ restrictions: { validate } })
  uploader.add(files(['a']))
  await run()
  expect(uploader.getSnapshot().rejections[0]!.errors[0]!.message).toBe('It is blurred.')
})

// As from JavaScript: other libraries take `true` for "may come", a sentence, or a list.
test.each(['true', '"too dark"', '[{"code":"dark","message":"It is too dark."}]', '{}', '{"code":"dark"}', '{"message":"It is too dark."}'])(
  'a validate that returns no reason is told so: %s',
  async (json) => {
    const { uploader, run } = createUploaderFixture({ restrictions: { validate: () => JSON.parse(json) } })
    uploader.add(files(['a']))
    await run()
    expect(uploader.getSnapshot().rejections[0]!.errors).toEqual([
      { code: 'validate-failed', message: '`validate` returned no reason. It is to return { code, message }, or null for a file that may be added.' },
    ])
  },
)

test('what prepare makes of a file of a folder stays in that folder', async () => {
  const { uploader, run, items } = createUploaderFixture({ prepare: (file) => file.slice() })
  uploader.add([{ file: files(['a'])[0]!, relativePath: 'dir/a' }])
  await run()
  expect(items()).toMatchObject([{ relativePath: 'dir/a' }])
})

test('what prepare returns may have another folder and another priority', async () => {
  const { uploader, items, run } = createUploaderFixture({ prepare: (file) => ({ file, name: 'b', relativePath: 'x/b', priority: 3 }) })
  uploader.add([{ file: new Blob(['x']), name: 'a', relativePath: 'y/a' }])
  await run()
  expect(items()).toMatchObject([{ name: 'b', relativePath: 'x/b', priority: 3 }])
})

test('what prepare returns may tell more of the file than is asked', async () => {
  const told = { file: new Blob(['small']), name: 'b', size: 5, type: 'image/webp' }
  const { uploader, items, run } = createUploaderFixture({ prepare: () => told })
  uploader.add(files(['a']))
  await run()
  expect(items()).toMatchObject([{ name: 'b', file: told.file, size: 5 }])
})

test('who is given a higher priority by prepare is sent first', async () => {
  const { uploader, run, storage } = createUploaderFixture({
    concurrency: 1,
    prepare: (file, { name }) => ({ file, priority: name === 'c' ? 5 : 0 }),
  })
  uploader.add(files(['a', 'b', 'c']))
  await run()
  expect(storage.last().form.filename).toBe('c')
})

test('a priority that is set while a file is prepared stays', async () => {
  let done = (): void => {}
  const { uploader, items, run } = createUploaderFixture({
    autoUpload: false,
    prepare: (file) => new Promise((resolve) => (done = () => resolve(file))),
  })
  const [id] = uploader.add(files(['a']))
  await run()
  uploader.setPriority(id!, 7)
  done()
  await run()
  expect(items()).toMatchObject([{ priority: 7 }])
})

test('files are prepared in the order of the queue', async () => {
  const order: string[] = []
  const { uploader, run } = createUploaderFixture({
    prepare(file, { name }) {
      order.push(name)
      return file
    },
  })
  const ids = uploader.add(files(['a', 'b', 'c', 'd', 'e', 'f']))
  uploader.setPriority(ids[5]!, 5)
  uploader.move(ids[4]!, 0)
  await run()
  // Three begin as they come.
  expect(order).toEqual(['a', 'b', 'c', 'f', 'e', 'd'])
})

test('who is given a higher priority while others are prepared is prepared next', async () => {
  const order: string[] = []
  const answers: (() => void)[] = []
  const { uploader, run } = createUploaderFixture({
    prepare(file, { name }) {
      order.push(name)
      return new Promise((resolve) => answers.push(() => resolve(file)))
    },
  })
  const ids = uploader.add(files(['a', 'b', 'c', 'd', 'e', 'f']))
  await run()
  answers[0]?.()
  await run()
  uploader.setPriority(ids[5]!, 1)
  await run()
  answers[1]?.()
  await run()
  expect(order).toEqual(['a', 'b', 'c', 'd', 'f'])
})

test.each<[string, Partial<UploaderOptions>]>([
  ['prepare changes', { prepare: (file) => file }],
  ['validate refuses', { restrictions: { validate: () => ({ code: 'private', message: 'No.' }) } }],
])('listeners hear once a frame of what %s', async (_who, options) => {
  const { uploader, clock } = createUploaderFixture({ ...options, autoUpload: false })
  let commits = 0
  uploader.subscribe(() => (commits += 1))
  uploader.add(numbered(100))
  await clock.advance(100)
  expect(commits).toBe(2)
})

test('options that prepare sets hold for the file that it prepared', async () => {
  const { uploader, run, items, policy, storage, clock } = createUploaderFixture({
    restrictions: { maxSize: 3 },
    prepare() {
      uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, integrity: 'off', restrictions: { maxSize: 10 } })
      return new Blob([new Uint8Array(5)])
    },
  })
  uploader.add(files(['a'], 90))
  await run()
  expect(items()[0]).toMatchObject({ status: 'uploading' })
})

test('a file that waits to be prepared keeps the rules also when nothing is prepared any more', async () => {
  const restrictions = { accept: 'image/*', maxSize: 100 }
  const { uploader, run, storage, policy, clock } = createUploaderFixture({ restrictions, prepare: () => new Promise<Blob>(() => {}) })
  uploader.add(files(['a.png', 'b.png', 'c.png', 'd.exe'], 500))
  await run()
  // "Compress photos" is switched off.
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, integrity: 'off', concurrency: 9, restrictions })
  uploader.cancel(uploader.getSnapshot().ids[0])
  await run()
  expect(storage.requests.map(({ form }) => form.filename)).toEqual([])
  expect(uploader.getSnapshot().rejections.map(({ name }) => name)).toEqual(['d.exe'])
})

test('rules are asked also where `prepare` is taken away in the turn in which the file came', async () => {
  const restrictions = { maxSize: 5 }
  const { uploader, run, items, policy, storage, clock } = createUploaderFixture({ restrictions, prepare: async (file) => file })
  uploader.add(files(['a']))
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, integrity: 'off', restrictions })
  await run()
  expect(items()).toEqual([])
})

test('rules that answer at once leave the page its turns, however many files there are', async () => {
  let examined = 0
  const validate = (_file: Blob, { name }: { readonly name: string }): RejectionReason | null => {
    examined += 1
    return name.startsWith('1') ? { code: 'mine', message: 'Not this one.' } : null
  }
  const { uploader, run, items } = createUploaderFixture({ autoUpload: false, restrictions: { validate } })
  const ids = uploader.add(numbered(5000))
  await run()
  expect(examined).toBeGreaterThan(0)
  expect(examined).toBeLessThan(5000)
  uploader.cancel(ids[4999])
  uploader.retry(ids[4999])
  for (let turn = 0; turn < 50; turn++) await run()
  expect(examined).toBe(5000)
  expect(uploader.getSnapshot().rejections).toHaveLength(1111)
  expect(items()).toHaveLength(3889)
})

test("a folder of files has its rules examined in Jest's jsdom too, which has no MessageChannel", async () => {
  vi.stubGlobal('MessageChannel', undefined)
  const examined: string[] = []
  const validate = (_file: Blob, { name }: { readonly name: string }): null => {
    examined.push(name)
    return null
  }
  const { uploader, run } = createUploaderFixture({ restrictions: { validate } })
  uploader.add(numbered(150))
  await run()
  await expect.poll(() => examined).toHaveLength(150)
  uploader.destroy()
})

test.each([0, 1, 2, 3, 4, 5])(
  'a file that is canceled %i moments after it came, while what examines it is loaded, leaves its room to one other',
  async (moments) => {
    const { uploader, run, statuses } = createUploaderFixture({ restrictions: { maxTotalSize: 25 }, prepare: (file) => file })
    // By now that part is there.
    uploader.add(files(['first'], 0))
    await run()
    const [a] = uploader.add(files(['a'], 20))
    for (let moment = 0; moment < moments; moment += 1) await Promise.resolve()
    uploader.cancel(a)
    await run()
    uploader.add(files(['b', 'c'], 20))
    await run()
    expect(statuses()).toEqual(['uploading', 'canceled', 'uploading'])
  },
)

test.each(['is canceled', 'is refused'])('a file that %s while it is prepared leaves its room to one other', async (what) => {
  const { uploader, run, items } = createUploaderFixture({
    restrictions: { maxTotalSize: 25 },
    prepare(file, { name }) {
      if (name !== 'a') return file
      if (what === 'is refused') throw new Error('no photo')
      return new Promise(() => {})
    },
  })
  const [a] = uploader.add(files(['a'], 20))
  await run()
  uploader.cancel(a)
  uploader.add(files(['b', 'c'], 20))
  await run()
  expect(items().map(({ name }) => name)).not.toContain('c')
  expect(uploader.getSnapshot().rejections).toMatchObject([{ name: 'c', errors: [{ code: 'total-too-large' }] }])
})

test('a file that was only validated takes its room from those that are prepared later', async () => {
  const restrictions = { maxTotalSize: 25, validate: () => null }
  const { uploader, run, items, policy, storage, clock } = createUploaderFixture({ restrictions })
  uploader.add(files(['a'], 20))
  await run()
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, restrictions, prepare: (file) => file })
  uploader.add(files(['b'], 20))
  await run()
  expect(items().map(({ name }) => name)).toEqual(['a'])
})

test('a file that is canceled while it waits to be prepared is not prepared', async () => {
  const asked: string[] = []
  const answers: (() => void)[] = []
  const { uploader, run } = createUploaderFixture({
    prepare(file, { name }) {
      asked.push(name)
      return new Promise((resolve) => answers.push(() => resolve(file)))
    },
  })
  const ids = uploader.add(files(['a', 'b', 'c', 'd', 'e']))
  await run()
  uploader.cancel(ids[3]!)
  for (const answer of answers) answer()
  await run()
  expect(asked).toEqual(['a', 'b', 'c', 'e'])
})
