import type { FieldRule } from './field-rule.ts'

/** Fields held at a blank. That it means "not set" rests on the page's "or leave it empty" for `acl` and on COS's own demos, which post empty fields. */
const BLANK = [
  'success_action_redirect',
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Expires',
  'x-cos-grant-read',
  'x-cos-grant-read-acp',
  'x-cos-grant-write-acp',
  'x-cos-grant-full-control',
  'x-cos-server-side-encryption',
  'x-cos-server-side-encryption-context',
  'x-cos-server-side-encryption-cos-kms-key-id',
  'x-cos-server-side-encryption-customer-algorithm',
  'x-cos-server-side-encryption-customer-key',
  'x-cos-server-side-encryption-customer-key-MD5',
] as const

/**
 * What holds a field at "not set". COS accepts fields that a policy does not name (facts 1.5), so leaving a field out of the policy leaves it
 * to the visitor; a condition on its neutral value, sent in the form, does not. The first four values are the documented defaults of
 * `official/post-object.txt` (Content-Type's is the one that browsers never run).
 */
export const NEUTRAL: ReadonlyMap<string, string> = new Map([
  ['acl', 'default'],
  ['x-cos-storage-class', 'STANDARD'],
  ['success_action_status', '204'],
  ['Content-Type', 'application/octet-stream'],
  ...BLANK.map((name) => [name, ''] as const),
])

/**
 * The rule of a field that the options do not name. The status code is the page's choice, since it changes nothing in the bucket; so are the
 * MD5 (COS compares it, no policy can limit it), the speed limit of the visitor's own upload and the wish not to overwrite.
 */
export function defaultRule(field: string): FieldRule {
  switch (field) {
    case 'success_action_status':
      return { within: ['200', '201', '204'], otherwise: '204' }
    case 'Content-MD5':
    case 'x-cos-traffic-limit':
    case 'x-cos-forbid-overwrite':
      return 'free'
    default:
      return 'forbidden'
  }
}
