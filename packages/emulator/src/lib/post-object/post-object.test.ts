import { afterEach, describe, expect, it, vi } from 'vitest'
import { BUCKET, NOW, SECRET_KEY } from '../conformance/conformance-case.ts'
import { toRequest } from '../conformance/fetch-target.ts'
import { FILE, KEY_TIME, postedForm, replacing, type FormToPost } from '../conformance/posted-form.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts'
import type { BlobWriter } from '../storage/object-storage.ts'
import { MemoryStorage } from '../storage/memory-storage.ts'
import { LeapingClock, ManualClock } from '../testing/manual-clock.ts'
import { signedRequest } from '../testing/signed-request.ts'

const clock = new LeapingClock(NOW)
afterEach(() => vi.restoreAllMocks())

function emulatorWith(options: EmulatorOptions = {}): Emulator {
  return createEmulator({ clock, ...options })
}

function post(emulator: Emulator, form: FormToPost = {}): Promise<Response> {
  return emulator.fetch(toRequest(postedForm(form)))
}

describe('a form with its file first, as some libraries write it', () => {
  it('is told that what follows the file does not count, not that it is unsigned', async () => {
    const emulator = emulatorWith()
    const fileFirst: FormToPost = { tamper: (parts) => parts.toSorted((a, b) => Number(b.name === 'file') - Number(a.name === 'file')) }
    expect((await post(emulator, fileFirst)).status).toBe(403)
    const explanation = { value: 'no policy and no signature before the file', fix: expect.stringContaining('Append the fields before the file') }
    expect(emulator.service.log.entries()[0]?.outcome).toMatchObject({ code: 'AccessDenied', explanation })
  })
})

describe('a form that curl -F wrote', () => {
  it('is told that curl cut the key time off at its semicolon', async () => {
    const emulator = emulatorWith()
    const [start = ''] = KEY_TIME.split(';')
    expect((await post(emulator, { tamper: replacing('q-key-time', start) })).status).toBe(403)
    const { outcome } = emulator.service.log.entries()[0] ?? {}
    expect(outcome).toMatchObject({ code: 'SignatureDoesNotMatch', explanation: { value: `q-key-time is ${start}` } })
    expect(outcome).toHaveProperty('explanation.fix', expect.stringContaining('--form-string'))
  })
})

describe('x-cos-traffic-limit', () => {
  it('slows an upload down to so many bits a second', async () => {
    const own = new LeapingClock(NOW)
    const emulator = createEmulator({ clock: own })
    const file = { ...FILE, value: new Uint8Array(819_200) }
    expect((await post(emulator, { fields: { key: 'a', 'x-cos-traffic-limit': '819200' }, file })).status).toBe(204)
    expect(own.slept.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(8000, -1)
  })

  it('takes no more of an upload before its time has come', async () => {
    const own = new ManualClock(NOW)
    const emulator = createEmulator({ clock: own })
    const file = { ...FILE, value: new Uint8Array(819_200) }
    const reply = post(emulator, { fields: { key: 'a', 'x-cos-traffic-limit': '819200' }, file })
    await vi.waitFor(() => expect(own.sleeping).toBe(1))
    expect(emulator.service.storage.keysOf(BUCKET)).toEqual([])
    own.advance(8000)
    expect((await reply).status).toBe(204)
  })

  it.each(['PUT', 'GET'])('is heard in the query of a signed URL (%s)', async (method) => {
    const own = new LeapingClock(NOW)
    const emulator = createEmulator({ clock: own })
    const body = new Uint8Array(819_200)
    await emulator.fetch(signedRequest({ method: 'PUT', key: 'a', now: NOW, body }))
    const limited = (limit: string): Promise<Response> =>
      emulator.fetch(signedRequest({ method, key: 'a', now: NOW, params: [['x-cos-traffic-limit', limit]], ...(method === 'PUT' && { body }) }))
    const reply = await limited('819200')
    expect([reply.status, (await reply.arrayBuffer()).byteLength]).toEqual([200, method === 'GET' ? body.length : 0])
    expect(own.slept.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(8000, -1)
    expect((await limited('1')).status).toBe(400)
  })

  it('does not touch others', async () => {
    const own = new LeapingClock(NOW)
    await post(createEmulator({ clock: own }), { file: { ...FILE, value: new Uint8Array(819_200) } })
    expect(own.slept).toEqual([])
  })
})

describe('what fails inside is told, and leaves nothing', () => {
  it('a storage that cannot write', async () => {
    const storage = new MemoryStorage()
    const abort = vi.fn<() => Promise<void>>(() => Promise.resolve())
    const createBlob = storage.createBlob.bind(storage)
    const failing = async (): Promise<BlobWriter> => ({ ...(await createBlob()), write: () => Promise.reject(new Error('disk full')), abort })
    vi.spyOn(storage, 'createBlob').mockImplementation(failing)
    const onFault = vi.fn<(error: unknown) => void>()
    const emulator = emulatorWith({ storage, onFault })
    const reply = await post(emulator)
    expect(reply.status).toBe(500)
    expect(await reply.text()).toMatch(/<Code>InternalError<\/Code>\s*<Message>We encountered/)
    expect(onFault).toHaveBeenCalledExactlyOnceWith(new Error('disk full'))
    expect(abort).toHaveBeenCalledOnce()
    expect(emulator.service.log.entries()[0]?.outcome).toMatchObject({ explanation: { value: 'disk full' } })
  })

  it('a storage that cannot take the object in the end', async () => {
    const storage = new MemoryStorage()
    vi.spyOn(storage, 'put').mockRejectedValue(new Error('no rename'))
    const emulator = emulatorWith({ storage, onFault: () => undefined })
    expect((await post(emulator)).status).toBe(500)
    expect(storage.keysOf(BUCKET)).toEqual([])
  })

  it('a key that somebody else took a moment earlier, where overwriting is forbidden', async () => {
    const storage = new MemoryStorage()
    vi.spyOn(storage, 'put').mockResolvedValue(false)
    const reply = await post(emulatorWith({ storage }), { fields: { key: 'a', 'x-cos-forbid-overwrite': 'true' } })
    expect(reply.status).toBe(409)
    expect(await reply.text()).toContain('<Code>FileAlreadyExists</Code>')
  })

  it('a PUT whose bytes are not those of its Content-MD5', async () => {
    const storage = new MemoryStorage()
    const abort = vi.fn<() => Promise<void>>(() => Promise.resolve())
    const createBlob = storage.createBlob.bind(storage)
    vi.spyOn(storage, 'createBlob').mockImplementation(async () => ({ ...(await createBlob()), abort }))
    const headers = { 'Content-MD5': 'MDEyMzQ1Njc4OUFCQ0RFRg==' }
    const reply = await emulatorWith({ storage }).fetch(signedRequest({ method: 'PUT', key: 'a', body: 'x', headers, now: NOW }))
    expect(reply.status).toBe(400)
    expect(abort).toHaveBeenCalledOnce()
  })

  it('a request whose body breaks off', async () => {
    const { body, ...request } = postedForm()
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(body!.slice(0, -20))
      },
      pull(controller) {
        controller.error(new Error('gone'))
      },
    })
    const emulator = emulatorWith()
    const streaming = { method: 'POST', headers: request.headers, body: stream, duplex: 'half' }
    const sent = new Request(`http://${request.host}/`, streaming)
    await expect(emulator.fetch(sent)).rejects.toThrow('broke off')
    expect(emulator.service.storage.keysOf(BUCKET)).toEqual([])
    expect(emulator.service.log.entries()[0]?.outcome).toEqual({ kind: 'aborted' })
  })
})

describe('a developer learns why a form was refused', () => {
  it.each<readonly [what: string, form: FormToPost, explanation: object]>([
    [
      'the condition, the value and the fix',
      { conditions: [['starts-with', '$key', 'folder/']] },
      { condition: '["starts-with","$key","folder/"]', value: 'exampleobject', fix: expect.stringContaining('Send a key that the policy allows') },
    ],
    [
      'a field that is missing',
      { conditions: [{ acl: 'private' }] },
      { condition: '["eq","$acl","private"]', value: null, fix: expect.stringContaining('Append the field acl before the file') },
    ],
    [
      'a file that is too large',
      { conditions: [['content-length-range', 0, 3]] },
      { condition: '["content-length-range",0,3]', value: 'more than 3 bytes' },
    ],
    [
      'a policy that is over',
      { expiration: '2026-11-21T11:00:00Z' },
      { condition: 'The policy expires at 2026-11-21T11:00:00Z.', value: 'now is 2026-11-21T12:00:00.000Z' },
    ],
    ['a policy that cannot be read', { policy: '{}' }, { value: 'no-conditions' }],
    ['a body that is no form', { headers: { 'Content-Type': 'multipart/form-data' } }, { value: 'Content-Type: multipart/form-data' }],
    ['an unknown key', { secretId: 'AKIDx' }, { value: 'AKIDx' }],
  ])('%s', async (_, form, explanation) => {
    const emulator = createEmulator({ clock: new LeapingClock(NOW) })
    await post(emulator, form)
    expect(emulator.service.log.entries()[0]?.outcome).toMatchObject({ kind: 'refused', explanation })
  })
})

describe('secrets', () => {
  const secrets = {
    token: 'a-security-token-nobody-may-see',
    customerKey: 'MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=',
    badCustomerKey: 'bm90IGEga2V5IG9mIHRoZSByaWdodCBsZW5ndGg=',
  }
  const SSE = 'x-cos-server-side-encryption-customer'
  const forms: Readonly<Record<string, FormToPost>> = {
    'a wrong token': { fields: { key: 'a', 'x-cos-security-token': secrets.token } },
    'a customer key without its MD5': { fields: { key: 'a', [`${SSE}-algorithm`]: 'AES256', [`${SSE}-key`]: secrets.customerKey } },
    'a customer key of the wrong length': { fields: { key: 'a', [`${SSE}-algorithm`]: 'AES256', [`${SSE}-key`]: secrets.badCustomerKey } },
    'a policy about a customer key': {
      conditions: [{ [`${SSE}-key`]: secrets.customerKey }],
      fields: { key: 'a', [`${SSE}-key`]: secrets.badCustomerKey },
    },
    'a policy about a token': { conditions: [['starts-with', '$x-cos-security-token', secrets.token]] },
    'a wrong signature': { tamper: replacing('q-signature', secrets.token) },
    'an object encrypted with a customer key': {
      fields: { key: 'a', [`${SSE}-algorithm`]: 'AES256', [`${SSE}-key`]: secrets.customerKey, [`${SSE}-key-MD5`]: 'U5L61r7jcwdNvT7frmUG8g==' },
    },
    'a broken Signature field': { unsigned: true, fields: { key: 'a', Signature: secrets.token } },
  }

  it.each(Object.entries(forms))('of %s are in no reply, no log and no record', async (_, form) => {
    const emulator = createEmulator({ clock: new LeapingClock(NOW) })
    const reply = await post(emulator, form)
    const { log, storage } = emulator.service
    const seen = [
      await reply.text(),
      JSON.stringify([...reply.headers]),
      JSON.stringify(log.entries()),
      JSON.stringify(storage.versionsOf(BUCKET, 'a')),
    ].join('\n')
    for (const secret of [...Object.values(secrets), SECRET_KEY]) expect(seen).not.toContain(secret)
  })

  it('of a presigned URL are not in the log', async () => {
    const emulator = createEmulator({ clock: new LeapingClock(NOW) })
    await emulator.fetch(
      new Request(
        `http://${BUCKET}.cos.ap-guangzhou.myqcloud.com/a?q-signature=${secrets.token}&X-Cos-Security-Token=${secrets.token}&q%2Dsignature=${secrets.token}`,
      ),
    )
    expect(JSON.stringify(emulator.service.log.entries())).not.toContain(secrets.token)
  })
})
