import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPostForm } from './post-form.ts'

const name = fc.constantFrom('key', 'Key', 'acl', 'ACL', 'policy', 'toString', '__proto__', 'success_action_redirect', 'x-cos-meta-a')
const some = fc.array(fc.tuple(name, fc.string({ maxLength: 3 })), { maxLength: 5 })

test('each form tells its own fields, however many others are made meanwhile', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (all) => {
      const forms = all.map((fields) => createPostForm({ action: 'https://host/', fields, file: new Blob(['x']), filename: 'a' }))
      for (const [at, fields] of all.entries()) {
        const known = new Map(fields.map(([field, value]) => [field.toLowerCase(), value]))
        for (const field of ['acl', 'policy', 'tostring', '__proto__', 'success_action_redirect', 'x-cos-meta-a', 'none'])
          expect(forms[at]?.value(field)).toBe(known.get(field))
        expect(forms[at]?.key).toBe(known.get('key') ?? '')
        expect(forms[at]?.landing).toBe(known.get('success_action_redirect') || null)
      }
    }),
  )
})

test('of the key the one that is meant is told', () => {
  const form = createPostForm({ action: 'https://host/', fields: [['KEY', 'up/${filename}']], file: new Blob(['x']), filename: 'a.txt' })
  expect([form.key, form.value('key')]).toEqual(['up/a.txt', 'up/a.txt'])
})

test('a form that cannot be made leaves nothing behind for the next', () => {
  const make = (fields: readonly (readonly [string, string])[]): string =>
    createPostForm({ action: 'https://host/', fields, file: new Blob(['x']), filename: 'a' }).key
  const odd: readonly (readonly [string, string])[] = JSON.parse('[[null, "not the key"], ["key", "own"]]')
  expect(
    make([
      ['key', 'a'],
      ['acl', 'b'],
    ]),
  ).toBe('a')
  expect(() => make(odd)).toThrow('toLowerCase')
  expect(() => make(odd)).toThrow('toLowerCase')
})
