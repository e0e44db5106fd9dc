import { decodePolicy, FORM_FIELDS, isMetadataField, matchPolicy, OBJECT_ACLS, parsePolicy, STORAGE_CLASSES } from '@cosdrop/protocol'
import { createEmulator } from '@cosdrop/emulator'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCosClient } from '../client/cos-client.ts'
import { createPolicyHandler, type PolicyReply } from '../handler/policy-handler.ts'
import { account, ask, bucket, demoOptions, formRequest, NOON } from '../testing/demo.ts'
import type { FieldRule, FieldRules } from './field-rule.ts'
import { redirectWithin } from './redirect-within.ts'

type Form = readonly (readonly [name: string, value: string])[]

const metadata = ['x-cos-meta-album', 'x-cos-meta-owner'] as const
const ruled = [
  ...FORM_FIELDS.filter(
    (field) => field.group !== 'signature' && !['key', 'file', 'x-cos-meta-*', 'Content-MD5', 'Content-Type'].includes(field.name),
  ).map((field) => field.name),
  ...metadata,
]
const LEFT_OPEN = new Set(['x-cos-traffic-limit', 'x-cos-forbid-overwrite', 'Content-MD5'])
/** Said again here, so that a slip in the table of defaults is seen. */
const NOT_SET: Readonly<Record<string, string>> = { acl: 'default', 'x-cos-storage-class': 'STANDARD', success_action_status: '204' }

/** Documented in the README, "What COS cannot pin". */
const hasNoNeutralValue = (name: string): boolean => isMetadataField(name) || LEFT_OPEN.has(name)

function valueOf(name: string): fc.Arbitrary<string> {
  const field = FORM_FIELDS.find((known) => known.name === name)
  if (name === 'acl') return fc.constantFrom(...OBJECT_ACLS)
  if (name === 'x-cos-storage-class') return fc.constantFrom(...STORAGE_CLASSES)
  if (field?.values !== undefined) return fc.constantFrom(...field.values)
  if (name.startsWith('x-cos-grant')) return fc.constantFrom('id="100000000001"', 'id="1",id="2"')
  if (name === 'x-cos-traffic-limit') return fc.constantFrom('819200', '838860800')
  if (name === 'success_action_redirect') return fc.constantFrom('https://my.website/done', 'https://my.website.evil.example/', 'http://my.website/')
  if (name.endsWith('customer-key')) return fc.constant('MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=')
  if (name.endsWith('customer-key-MD5')) return fc.constant('U5L61r7jcwdNvT7frmUG8g==')
  if (name.endsWith('encryption-context')) return fc.constant('eyJhIjoiYXNkZmEifQ==')
  return fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[^ -~]/g, 'x'))
}

function ruleOf(name: string): fc.Arbitrary<FieldRule> {
  const field = FORM_FIELDS.find((known) => known.name === (isMetadataField(name) ? 'x-cos-meta-*' : name))
  const rules: fc.Arbitrary<FieldRule>[] = [
    fc.constant('free'),
    valueOf(name).map((fixed) => ({ fixed })),
    fc.array(valueOf(name), { minLength: 1, maxLength: 3 }).map((within) => ({ within, otherwise: within[0]! })),
    fc.array(valueOf(name), { minLength: 1, maxLength: 3 }).map((within) => ({ within })),
  ]
  if (!hasNoNeutralValue(name)) rules.push(fc.constant('forbidden'))
  if (field?.match === 'exact-or-prefix') rules.push(valueOf(name).map((value) => ({ prefix: value.slice(0, 3) })))
  return fc.oneof(...rules)
}

const rulesArbitrary: fc.Arbitrary<FieldRules> = fc
  .uniqueArray(fc.constantFrom(...ruled.filter((name) => name !== 'success_action_redirect')), { maxLength: 6 })
  .chain((names) => fc.tuple(...names.map((name) => ruleOf(name).map((rule) => [name, rule] as const))))
  .map((entries) => JSON.parse(JSON.stringify(Object.fromEntries(entries))))

const wishesArbitrary = fc
  .uniqueArray(fc.constantFrom(...ruled, 'x-cos-meta-other', 'Content-Type', 'key', 'x-unknown'), { maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => valueOf(name).map((value) => [name, value] as const))))
  .map((entries) => Object.fromEntries(entries))

const odd = (name: string): fc.Arbitrary<string> => fc.constantFrom(name, name.toUpperCase(), name.toLowerCase())

type Change = { readonly kind: string; readonly name: string; readonly value?: string }

const changeArbitrary: fc.Arbitrary<Change> = fc.oneof(
  fc
    .constantFrom(...ruled, 'Content-Type', 'key')
    .chain((name) => fc.record({ kind: fc.constantFrom('set', 'add'), name: odd(name), value: fc.oneof(valueOf(name), fc.constant('')) })),
  fc.record({ kind: fc.constant('remove'), name: fc.constantFrom(...ruled, 'Content-Type', 'key') }),
)
const changesArbitrary = fc.array(changeArbitrary, { maxLength: 4 })

function changed(form: Form, changes: readonly Change[]): Form {
  return changes.reduce<Form>((fields, { kind, name, value = '' }) => {
    const same = ([other]: readonly [string, string]): boolean => other.toLowerCase() === name.toLowerCase()
    if (kind === 'remove') return fields.filter((field) => !same(field))
    if (kind === 'set' && fields.some(same)) return fields.map((field) => (same(field) ? ([name, value] as const) : field))
    return [[name, value], ...fields]
  }, form)
}

/** The rules in plain words: may a form say this? Knows nothing of policies. */
function isWithin(rule: FieldRule | undefined, name: string, value: string | undefined): boolean {
  const unset = value === undefined || value === '' || value === NOT_SET[name]
  if (rule === 'free' || (rule === undefined && LEFT_OPEN.has(name))) return true
  if (rule === undefined && name === 'success_action_status') return unset || ['200', '201', '204'].includes(value)
  if (rule === undefined || rule === 'forbidden') return unset || hasNoNeutralValue(name)
  if ('fixed' in rule) return value === rule.fixed
  if ('prefix' in rule) return value?.startsWith(rule.prefix) === true
  const allowed = typeof rule.within === 'function' ? false : value !== undefined && rule.within.includes(value)
  return allowed || (rule.otherwise === undefined && (unset || hasNoNeutralValue(name)))
}

const FILE = { name: 'cat.jpg', type: 'image/jpeg', size: 10 }

async function signedForm(fields: FieldRules, wishes: object): Promise<{ readonly form: Form; readonly url: string; readonly key: string } | null> {
  const { success_action_redirect: _, ...rules } = fields
  const handler = createPolicyHandler({
    ...demoOptions,
    fields: { ...rules, success_action_redirect: { within: redirectWithin(['https://my.website/']) } },
  })
  const reply = await handler(ask({ files: [FILE], fields: wishes }))
  if (reply.status !== 200) {
    expect(await reply.text()).not.toContain('q-signature')
    return null
  }
  const { posts }: PolicyReply = await reply.json()
  const [post] = posts
  return { form: Object.entries(post!.fields), url: post!.url, key: post!.fields['key']! }
}

function broken(form: Form, fields: FieldRules, key: string): string[] {
  const rules: Readonly<Record<string, FieldRule>> = { ...fields, success_action_redirect: { within: ['https://my.website/done'] } }
  const sent = (name: string): readonly (string | undefined)[] => {
    const values = form.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
    return values.length === 0 ? [undefined] : values
  }
  const wrong = ruled.filter((name) => !sent(name).every((value) => isWithin(rules[name], name, value)))
  if (!sent('key').every((value) => value === key)) wrong.push('key')
  if (!sent('Content-Type').every((value) => value === 'image/jpeg')) wrong.push('Content-Type')
  return wrong
}

describe('whatever the rules and whatever the page asks', () => {
  it('the signed policy admits no form outside the rules', { timeout: 60_000 }, async () => {
    let signed = 0
    let admitted = 0
    const property = fc.asyncProperty(
      rulesArbitrary,
      wishesArbitrary,
      fc.array(changesArbitrary, { maxLength: 8 }),
      async (rules, wishes, attempts) => {
        const post = await signedForm(rules, wishes)
        if (post === null) return
        signed++
        const policy = parsePolicy(decodePolicy(post.form.find(([name]) => name === 'policy')![1]))
        const admits = (form: Form, fileSize: number): boolean =>
          matchPolicy(policy, { fields: form, bucket: bucket.bucket, filename: 'cat.jpg', fileSize }, new Date(NOON)) === null
        expect(admits(post.form, FILE.size)).toBe(true)
        expect(admits(post.form, FILE.size + 1)).toBe(false)
        expect(broken(post.form, rules, post.key)).toEqual([])
        for (const form of attempts.map((changes) => changed(post.form, changes))) {
          if (!admits(form, FILE.size)) continue
          admitted++
          expect(broken(form, rules, post.key)).toEqual([])
        }
      },
    )
    await fc.assert(property, { numRuns: 600 })
    expect(signed).toBeGreaterThan(50)
    expect(admitted).toBeGreaterThan(20)
  })

  it('the bucket stores nothing outside the rules', { timeout: 60_000 }, async () => {
    let stored = 0
    const attempts = fc.array(fc.array(changeArbitrary, { minLength: 1, maxLength: 2 }), { maxLength: 4 })
    const property = fc.asyncProperty(rulesArbitrary, wishesArbitrary, attempts, async (rules, wishes, changes) => {
      const post = await signedForm(rules, wishes)
      if (post === null) return
      const emulator = createEmulator({ clock: { now: () => NOON, sleep: async () => {} } })
      const client = createCosClient({
        ...bucket,
        credentials: account,
        now: () => NOON,
        fetch: (input, init) => emulator.fetch(new Request(input, init)),
      })
      for (const form of [post.form, ...changes.map((change) => changed(post.form, change))]) {
        const reply = await emulator.fetch(await formRequest(post.url, form, new Blob(['0123456789']), 'cat.jpg'))
        if (reply.status >= 400) continue
        stored++
        expect(broken(form, rules, post.key)).toEqual([])
        // With a key of the customer's own, HEAD is refused to everybody else.
        if (form.some(([name, value]) => name.toLowerCase().endsWith('customer-key') && value !== '')) continue
        const head = await client.headObject(post.key)
        expect(head).toMatchObject({ contentType: 'image/jpeg', size: 10 })
        expect(isWithin(rules['x-cos-storage-class'], 'x-cos-storage-class', head?.storageClass ?? 'STANDARD')).toBe(true)
      }
    })
    await fc.assert(property, { numRuns: 200 })
    expect(stored).toBeGreaterThan(20)
  })
})
