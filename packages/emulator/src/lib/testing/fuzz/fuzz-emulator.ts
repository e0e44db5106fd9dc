import { encodePolicy } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import fc from 'fast-check'
import { BUCKET, HOST, NOW, SECRET_ID, SECRET_KEY } from '../../conformance/conformance-case.ts'
import { KEY_TIME } from '../../conformance/posted-form.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'
import type { ObjectVersion } from '../../storage/object-record.ts'
import { LeapingClock } from '../manual-clock.ts'
import { inChunks, multipartBody, type PartToWrite } from '../multipart-body.ts'
import { byteMutation, mutate } from './byte-mutation.ts'

const encoder = new TextEncoder()
const faults: unknown[] = []

/** One for all cases: what a case stores is taken away again. */
function newEmulator(): Emulator {
  return createEmulator({ clock: new LeapingClock(NOW), onFault: (error) => faults.push(error) })
}

let shared: Emulator | null = null

interface Posted {
  readonly status: number
  readonly object: ObjectVersion | null
}

async function* chunksOf(body: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  yield* inChunks(body, cuts)
}

/** Posts a body and takes away what it stored. Any status but COS's own is an error. */
async function post(body: Uint8Array, cuts: readonly number[]): Promise<Posted> {
  shared ??= newEmulator()
  const { storage } = shared.service
  const headers = new Headers({ 'Content-Type': 'multipart/form-data; boundary=fuzz' })
  const reply = await shared.handle({
    method: 'POST',
    target: '/',
    host: HOST,
    headers,
    contentLength: body.length,
    lengthRequired: true,
    remote: 'in-process',
    body: chunksOf(body, cuts),
  })
  const [fault] = faults.splice(0)
  if (fault !== undefined) throw new Error('a fault inside the emulator', { cause: fault })
  if (![200, 201, 204, 303, 400, 403].includes(reply.status)) throw new Error(`status ${reply.status}`)
  const keys = storage.keysOf(BUCKET)
  const [version] = keys.flatMap((key) => storage.versionsOf(BUCKET, key))
  for (const key of keys) await storage.remove(BUCKET, key, 'null')
  const stored = version?.kind === 'object' ? version : null
  if (keys.length > 1 || (stored === null) !== reply.status >= 400) throw new Error(`status ${reply.status}, and ${keys.length} objects stored`)
  return { status: reply.status, object: stored }
}

function signatureParts(policy: string): readonly PartToWrite[] {
  return [
    { name: 'policy', value: encodePolicy(policy) },
    { name: 'q-sign-algorithm', value: 'sha1' },
    { name: 'q-ak', value: SECRET_ID },
    { name: 'q-key-time', value: KEY_TIME },
    { name: 'q-signature', value: signPolicy({ secretKey: SECRET_KEY, keyTime: KEY_TIME, policy }).signature },
  ]
}

function policyWith(conditions: readonly unknown[]): string {
  const all = [...conditions, { 'q-sign-algorithm': 'sha1' }, { 'q-ak': SECRET_ID }, { 'q-sign-time': KEY_TIME }]
  return JSON.stringify({ expiration: new Date(NOW + 1_800_000).toISOString(), conditions: all })
}

const POLICY = policyWith([{ bucket: BUCKET }, ['starts-with', '$key', 'fuzz/'], { acl: 'private' }, ['content-length-range', 1, 64]])
const SIGNED = signatureParts(POLICY)
const FORM: readonly PartToWrite[] = [
  { name: 'key', value: 'fuzz/${filename}' },
  { name: 'acl', value: 'private' },
  { name: 'Content-Type', value: 'text/plain' },
  ...SIGNED,
  { name: 'file', value: '[Object Content]', filename: 'a.txt', contentType: 'text/plain' },
]
const BODY = multipartBody('fuzz', FORM)
const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 })

function includes(body: Uint8Array, text: string): boolean {
  return Buffer.from(body.buffer, body.byteOffset, body.length).includes(text)
}

/** A signed form with its bytes changed anywhere: whatever is stored obeys the policy, under the very signature that was given. */
export const mutatedFormProperty: fc.IAsyncProperty<unknown> = fc.asyncProperty(
  fc.array(byteMutation, { minLength: 1, maxLength: 3 }),
  cuts,
  async (mutations, lengths) => {
    const body = mutations.reduce(mutate, BODY)
    const { object } = await post(body, lengths)
    if (object === null) return
    const obeys = object.key.startsWith('fuzz/') && object.acl === 'private' && object.size >= 1 && object.size <= 64
    if (!obeys) throw new Error(`stored against the policy: ${JSON.stringify(object)}`)
    const changed = SIGNED.find(({ value }) => typeof value !== 'string' || !includes(body, value))
    if (changed !== undefined) throw new Error(`stored with another ${changed.name}`)
  },
)

/** A mutant of the policy, in its text or in its Base64, or of a signature's field: never accepted. */
export const mutatedPolicyProperty: fc.IAsyncProperty<unknown> = fc.asyncProperty(
  fc.constantFrom('text', ...SIGNED.map(({ name }) => name)),
  fc.array(byteMutation, { minLength: 1, maxLength: 2 }),
  cuts,
  async (target, mutations, lengths) => {
    const changed = (text: string): string => Buffer.from(mutations.reduce(mutate, encoder.encode(text))).toString('latin1')
    const mutant = (part: PartToWrite): string => (target === 'text' ? encodePolicy(changed(POLICY)) : changed(String(part.value)))
    const name = target === 'text' ? 'policy' : target
    const parts = FORM.map((part) => (part.name === name ? { ...part, value: Buffer.from(mutant(part), 'latin1') } : part))
    const isChanged = FORM.some((part, at) => Buffer.from(parts[at]?.value ?? '').compare(Buffer.from(part.value)) !== 0)
    const { status } = await post(multipartBody('fuzz', parts), lengths)
    if (status < 400 === isChanged)
      throw new Error(`a mutant of ${target} got ${status}: ${JSON.stringify(parts.find((part) => part.name === name)?.value.toString())}`)
  },
)

const field = fc.constantFrom('key', 'acl', 'Content-Type', 'x-cos-meta-a', 'Cache-Control')
const text = fc.constantFrom('', 'a', 'ab', 'abc', 'private', 'public-read', 'default', 'é')
const condition = fc.oneof(
  fc.tuple(field, text).map(([name, value]) => ({ [name]: value })),
  fc.tuple(fc.constantFrom('eq', 'starts-with'), field, text).map(([kind, name, value]) => [kind, `$${name}`, value] as const),
  fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
    .map(([a, b]) => ['content-length-range', Math.min(a, b), Math.max(a, b)] as const),
)
const fields = fc.record(
  { acl: fc.constantFrom('', 'private', 'public-read', 'default'), 'Content-Type': text, 'x-cos-meta-a': text, 'Cache-Control': text },
  { requiredKeys: [] },
)

/** The official page's rules for one condition, written down once more, without a line of the code that is tested. */
function admits(
  rule: typeof condition extends fc.Arbitrary<infer Rule> ? Rule : never,
  sent: Readonly<Record<string, string>>,
  size: number,
): boolean {
  if (!Array.isArray(rule)) {
    return Object.entries(rule).every(([name, value]) => sent[name] === value)
  }
  const [kind, first, second] = rule
  if (kind === 'content-length-range') return size >= Number(first) && size <= Number(second)
  const actual = sent[String(first).slice(1)]
  if (actual === undefined) return false
  return kind === 'eq' ? actual === second : actual.startsWith(String(second))
}

/** Random policies and forms, rightly signed: accepted exactly when every condition holds. */
export const randomPolicyProperty: fc.IAsyncProperty<unknown> = fc.asyncProperty(
  fc.array(condition, { maxLength: 4 }),
  fields,
  fc.constantFrom('a', 'ab', 'abc', 'é'),
  fc.nat({ max: 20 }),
  cuts,
  async (conditions, chosen, key, size, lengths) => {
    const sent: Readonly<Record<string, string>> = { key, ...chosen }
    const policy = policyWith([{ bucket: BUCKET }, ...conditions])
    const own = Object.entries(sent).map(([name, value]): PartToWrite => ({ name, value }))
    const file: PartToWrite = { name: 'file', value: 'x'.repeat(size), filename: 'f' }
    const { status } = await post(multipartBody('fuzz', [...own, ...signatureParts(policy), file]), lengths)
    const expected = conditions.every((rule) => admits(rule, sent, size))
    if (status < 400 !== expected) throw new Error(`got ${status} for ${policy} and ${JSON.stringify(sent)} with ${size} bytes`)
  },
)
