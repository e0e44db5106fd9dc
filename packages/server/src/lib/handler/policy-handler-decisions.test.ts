import { decodePolicy, FORM_FIELDS, matchPolicy, parsePolicy } from '@cosdrop/protocol'
import { describe, expect, it } from 'vitest'
import { folderKey, namedKey, userKey } from '../keys/key-strategy.ts'
import { redirectWithin } from '../policy/redirect-within.ts'
import { codeOf, firstFields, photo, signed } from '../testing/ask-handler.ts'
import { ask, bucket, demoOptions as base, NOON } from '../testing/demo.ts'
import { createPolicyHandler } from './policy-handler.ts'

describe('the content type', () => {
  const typeOf = async (name: string, type: string, accept?: string): Promise<string | undefined> => {
    const handler = createPolicyHandler({ ...base, contentTypes: { dwg: 'image/vnd.dwg' }, ...(accept !== undefined && { limits: { accept } }) })
    const fields = await firstFields(handler, { files: [{ name, type, size: 1 }] })
    return fields['Content-Type']
  }

  it('comes from the extension, whatever the browser claims', async () => {
    expect(await typeOf('data.csv', 'application/vnd.ms-excel')).toBe('text/csv')
    expect(await typeOf('photo.HEIC', '')).toBe('image/heic')
    expect(await typeOf('plan.dwg', '')).toBe('image/vnd.dwg')
  })

  it('is the claimed one for a name without a known extension', async () => {
    expect(await typeOf('blob', 'image/webp')).toBe('image/webp')
    expect(await typeOf('blob', 'Image/WebP; q=1')).toBe('image/webp')
    expect(await typeOf('blob', 'nonsense')).toBe('application/octet-stream')
    expect(await typeOf('blob', 'text/html')).toBe('application/octet-stream')
  })

  it('is never one that a browser runs, unless that is accepted by name', async () => {
    expect(await typeOf('page.html', 'text/html')).toBe('application/octet-stream')
    expect(await typeOf('logo.svg', 'image/svg+xml')).toBe('application/octet-stream')
    expect(await typeOf('logo.svg', 'image/svg+xml', 'image/*,.svg')).toBe('image/svg+xml')
    expect(await typeOf('page.html', '', 'text/html')).toBe('text/html')
  })

  it('is not believed to be one that a browser runs, even where that is accepted by name', async () => {
    const handler = createPolicyHandler({ ...base, limits: { accept: 'text/html' } })
    expect(await codeOf(handler, ask({ files: [{ ...photo, name: 'blob', type: 'text/html' }] }))).toBe('file-invalid-type')
  })

  it('may say its charset: it is accepted by its name, and a page stays a page', async () => {
    const contentTypes = { txt: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8' }
    const typeOfFile = async (name: string, accept: string): Promise<string | undefined> =>
      (await firstFields(createPolicyHandler({ ...base, contentTypes, limits: { accept } }), { files: [{ ...photo, name }] }))['Content-Type']
    expect(await typeOfFile('a.txt', 'text/plain')).toBe('text/plain; charset=utf-8')
    expect(await typeOfFile('a.html', '*/*')).toBe('application/octet-stream')
    expect(await typeOfFile('a.html', 'text/html')).toBe('text/html; charset=utf-8')
  })

  it('cannot be changed in the form', async () => {
    const fields = await firstFields(createPolicyHandler(base), { files: [photo] })
    const changed = { ...fields, 'Content-Type': 'text/html' }
    const mismatch = matchPolicy(parsePolicy(decodePolicy(fields['policy']!)), {
      fields: Object.entries(changed),
      bucket: bucket.bucket,
      fileSize: 1234,
    })
    expect(mismatch).toMatchObject({ field: 'Content-Type' })
  })
})

it('leaves rights, encryption and headers to no visitor, where the app says nothing of them', async () => {
  const fields = await firstFields(createPolicyHandler(base), { files: [photo] })
  const policy = parsePolicy(decodePolicy(fields['policy']!))
  const open = FORM_FIELDS.filter(({ name, group }) => group !== 'signature' && name !== 'file')
    .map(({ name }) => name.replace('*', 'any'))
    .filter((name) => {
      const changed = Object.entries({ ...fields, [name]: 'something else' })
      return matchPolicy(policy, { fields: changed, bucket: bucket.bucket, fileSize: photo.size }) === null
    })
  expect(open).toEqual(['x-cos-meta-any', 'x-cos-traffic-limit', 'Content-MD5', 'x-cos-forbid-overwrite'])
})

it('signs for what takes just as many bytes as the limits allow', async () => {
  const limits = { minSize: photo.size, maxSize: photo.size, maxFiles: 2, maxTotalSize: 2 * photo.size }
  expect((await signed(createPolicyHandler({ ...base, limits }), { files: [photo, photo] })).posts).toHaveLength(2)
})

it('leaves blank fields out and ends when the app says so', async () => {
  const { posts } = await signed(createPolicyHandler({ ...base, blankPins: false, expiresIn: 60 }), { files: [photo] })
  expect(Object.values(posts[0]!.fields)).not.toContain('')
  expect(posts[0]!.expiresAt).toBe(new Date(NOON + 60_000).toISOString())
})

describe('the key', () => {
  it('is another one for the same file each time', async () => {
    const { posts } = await signed(createPolicyHandler(base), { files: Array(100).fill(photo) })
    expect(new Set(posts.map((post) => post.fields['key'])).size).toBe(100)
  })

  it.each(['a.<b>', 'a.文件', `a.${'x'.repeat(17)}`, '.htaccess', 'a.', 'pdf'])('has nothing that is no plain extension of "%s"', async (name) => {
    expect((await firstFields(createPolicyHandler(base), { files: [{ ...photo, name }] }))['key']).toMatch(/^uploads\/[\da-f-]{36}$/)
  })

  it('lies in a folder of the user, whatever the user is called', async () => {
    const keyOf = async (id: string): Promise<string> => {
      const handler = createPolicyHandler({ ...base, authorize: () => ({ id }), key: userKey() })
      return (await firstFields(handler, { files: [photo] }))['key']!
    }
    expect(await keyOf('ann@example.com')).toMatch(/^uploads\/ann%40example\.com\/[\da-f-]{36}\.jpg$/)
    expect(await keyOf('../admin')).toMatch(/^uploads\/\.\.%2Fadmin\//)
    expect(await keyOf('..')).toMatch(/^uploads\/%2E%2E\//)
  })

  it('keeps the name when that is wanted, made safe, without overwriting', async () => {
    const handler = createPolicyHandler({ ...base, key: namedKey('docs/') })
    const keyOf = async (name: string): Promise<string> => (await firstFields(handler, { files: [{ ...photo, name }] }))['key']!.split('/').at(-1)!
    expect(await keyOf('假期 照片 (1).JPG')).toBe('假期-照片-1.jpg')
    // No form can carry half a character, so its policy would never match.
    expect(await keyOf(`店名.${'𠮷'.repeat(20)}`)).toBe(`店名.${'𠮷'.repeat(15)}`)
    expect(await keyOf('%2e%2e')).toBe('2e-2e')
    expect(await keyOf('.htaccess')).toBe('htaccess')
    expect(await keyOf('README')).toBe('README')
    expect(await keyOf('😀')).toBe('file')
    // What opens it is its ending.
    expect(await keyOf('😀.PNG')).toBe('file.png')
    expect(await keyOf('(★).tar.gz. .')).toBe('tar.gz')
    expect(await keyOf(`${'名'.repeat(250)}.png`)).toBe(`${'名'.repeat(80)}.png`)
  })

  it('keeps the folders that were dropped, made safe, without overwriting', async () => {
    const handler = createPolicyHandler({ ...base, key: folderKey('docs/') })
    const keyOf = async (relativePath?: unknown): Promise<string> => (await firstFields(handler, { files: [{ ...photo, relativePath }] }))['key']!
    expect(await keyOf('Holidays 2026/海滩/Photo.JPG')).toMatch(/^docs\/Holidays-2026\/海滩\/[\da-f-]{36}\.jpg$/)
    expect(await keyOf('v1.2/.config/%2e%2e/😀/Photo.JPG')).toMatch(/^docs\/v1\.2\/config\/2e-2e\/folder\/[\da-f-]{36}\.jpg$/)
    // `webkitRelativePath` is empty for a file that was chosen by itself.
    for (const none of [undefined, null, '', 'Photo.JPG']) expect(await keyOf(none)).toMatch(/^docs\/[\da-f-]{36}\.jpg$/)
  })

  it('makes no folder of the ways in which other drop zones write that there is none', async () => {
    const handler = createPolicyHandler({ ...base, key: folderKey('docs/') })
    const keyOf = async (relativePath: string): Promise<string> => (await firstFields(handler, { files: [{ ...photo, relativePath }] }))['key']!
    // react-dropzone's `relativePath`, and `FileSystemEntry.fullPath`.
    expect(await keyOf('./Photo.JPG')).toMatch(/^docs\/[\da-f-]{36}\.jpg$/)
    expect(await keyOf('/album/Photo.JPG')).toMatch(/^docs\/album\/[\da-f-]{36}\.jpg$/)
  })

  it('has room for folders of every length and depth that a disk has', async () => {
    const handler = createPolicyHandler({ ...base, key: folderKey() })
    const keyOf = async (folder: string, depth: number): Promise<string> =>
      (await firstFields(handler, { files: [{ ...photo, relativePath: `${`${folder}/`.repeat(depth)}Photo.JPG` }] }))['key']!
    expect(await keyOf('海'.repeat(85), 4)).toMatch(/^uploads\/(海{40}\/){4}[\da-f-]{36}\.jpg$/)
    expect(await keyOf('ordinary folder name of a project', 40)).toMatch(/^uploads\/(ordinary-f\/){40}[\da-f-]{36}\.jpg$/)
    expect(await codeOf(handler, ask({ files: [{ ...photo, relativePath: `${'a/'.repeat(1000)}Photo.JPG` }] }))).toBe('file-name-invalid')
  })

  it.each([
    ['album/../../etc/old.heic', 'album/folder/folder/etc/Photo.JPG'],
    ['/etc/old.heic', 'etc/Photo.JPG'],
    ['a/./b//old.heic', 'a/b/Photo.JPG'],
    ['a\\..\\b/old.heic', 'a-..-b/Photo.JPG'],
    ['al\nbum/old.heic', 'al-bum/Photo.JPG'],
    ['${filename}/old.heic', 'filename/Photo.JPG'],
    ['a\ud800b/old.heic', 'a-b/Photo.JPG'],
    [`${'x'.repeat(300)}/old.heic`, `${'x'.repeat(80)}/Photo.JPG`],
    ['holidays (2026)/海滩/old.heic', 'holidays (2026)/海滩/Photo.JPG'],
  ])('that an app makes from the path %j gets %j', async (relativePath, safe) => {
    const handler = createPolicyHandler({ ...base, key: (file) => `own/${file.relativePath}` })
    expect((await firstFields(handler, { files: [{ ...photo, relativePath }] }))['key']).toBe(`own/${safe}`)
  })

  it('of a default server takes no notice of the folder', async () => {
    const reply = await signed(createPolicyHandler(base), { files: [{ ...photo, relativePath: `a\tb/${'c/'.repeat(1000)}Photo.JPG` }] })
    expect(reply.posts).toHaveLength(1)
  })

  it.each(['a\ud800', '\udc00/a'])('is none with half a character, which would be one key with all other halves: %j', async (key) => {
    const handler = createPolicyHandler({ ...base, key: () => key })
    expect(await codeOf(handler, ask({ files: [photo] }))).toBe('server-error')
  })

  it('may have characters beyond the first plane', async () => {
    const handler = createPolicyHandler({ ...base, key: () => 'a/\u{1f600}' })
    expect((await firstFields(handler, { files: [photo] }))['key']).toBe('a/\u{1f600}')
  })

  it('is the app’s own, from user and context', async () => {
    const handler = createPolicyHandler({
      ...base,
      authorize: () => ({ id: '7', tenant: 'acme' }),
      key: async (file, { user, context, now, contentType }) => `${user.tenant}/${String(context)}/${now}/${contentType}/${file.name}`,
    })
    expect((await firstFields(handler, { files: [photo], context: 'album' }))['key']).toBe(`acme/album/${NOON}/image/jpeg/Photo.JPG`)
  })
})

describe('the size', () => {
  const range = async (sizes: 'exact' | 'within-limits'): Promise<unknown> => {
    const handler = createPolicyHandler({ ...base, sizes, limits: { minSize: 10, maxSize: 5000 } })
    const fields = await firstFields(handler, { files: [photo] })
    return parsePolicy(decodePolicy(fields['policy']!)).conditions.find(({ kind }) => kind === 'content-length-range')
  }

  it('is the one that the page said, so an emptied or another file is refused', async () => {
    expect(await range('exact')).toMatchObject({ min: 1234, max: 1234 })
  })

  it('may be any within the limits when the app wants that', async () => {
    expect(await range('within-limits')).toMatchObject({ min: 10, max: 5000 })
  })

  it('is limited in count and in total', async () => {
    const handler = createPolicyHandler({ ...base, limits: { maxFiles: 2, maxTotalSize: 2000 } })
    expect(await codeOf(handler, ask({ files: [photo, photo, photo] }))).toBe('too-many-files')
    expect(await codeOf(handler, ask({ files: [photo, photo] }))).toBe('total-too-large')
    expect(await codeOf(createPolicyHandler({ ...base, limits: { minSize: 1 } }), ask({ files: [{ ...photo, size: 0 }] }))).toBe('file-too-small')
  })
})

describe('a redirect', () => {
  const handler = createPolicyHandler({
    ...base,
    fields: { success_action_redirect: { within: redirectWithin(['https://my.website/done', 'http://localhost:5173']) } },
  })
  it.each(['https://my.website/done', 'https://my.website/done/album?x=1#y', 'http://localhost:5173/anything'])(
    'to %s is granted and pinned',
    async (value) => {
      const fields = await firstFields(handler, { files: [photo], fields: { success_action_redirect: value } })
      expect(fields['success_action_redirect']).toBe(value)
      expect(decodePolicy(fields['policy']!)).toContain(JSON.stringify({ success_action_redirect: value }))
    },
  )

  // Without its slashes a browser that comes from the bucket takes the rest for a path there.
  it.each([
    'https://my.website/',
    'https://my.website/done-not',
    'https://my.website/done/../admin',
    'https:my.website/done',
    'https:/my.website/done',
  ])('to %s is not', async (value) => {
    expect(await codeOf(handler, ask({ files: [photo], fields: { success_action_redirect: value } }))).toBe('wish-refused')
  })
})
