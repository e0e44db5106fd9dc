import { decodePolicy, encodePolicy } from '@cosdrop/protocol'
import { BUCKETS } from './buckets.ts'

/** A reply of the policy endpoint, loose enough to be broken on purpose. */
export interface LoosePolicyReply {
  readonly serverTime: string
  readonly posts: readonly { readonly url: string; readonly expiresAt: string; readonly fields: Readonly<Record<string, string>> }[]
}

/** What goes wrong on purpose, so that a visitor sees how it is told. */
export interface Trouble {
  readonly name: string
  readonly title: string
  /** The bucket that the policy is for. @default the one that is set up as it should be */
  readonly bucket?: string
  /** Seconds to shift the signer's clock by. */
  readonly shiftSeconds?: number
  /** Bytes that are signed for, in the place of the file's own. */
  readonly signedSize?: number
  /** Answers instead of the handler. `hang-up` closes the connection without a word. */
  readonly instead?: 'hang-up' | (() => Response)
  /** Changes the handler's reply. */
  readonly spoil?: (reply: LoosePolicyReply) => unknown
}

function withFields(
  reply: LoosePolicyReply,
  change: (fields: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): LoosePolicyReply {
  return { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: change(post.fields) })) }
}

function flipFirstDigit(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
}

export const TROUBLES: readonly Trouble[] = [
  { name: 'policy-down', title: 'Policy endpoint is down', instead: 'hang-up' },
  {
    name: 'policy-500',
    title: 'Policy endpoint answers 500',
    instead: () => Response.json({ error: { code: 'internal', message: 'Database is away.' } }, { status: 500 }),
  },
  {
    name: 'policy-html',
    title: 'Policy endpoint answers HTML',
    instead: () => new Response('<!doctype html><title>Sign in</title>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
  },
  {
    name: 'policy-refused',
    title: 'Policy endpoint refuses',
    instead: () => Response.json({ error: { code: 'quota-used-up', message: 'Your 5 GB are used up. Delete something first.' } }, { status: 403 }),
  },
  { name: 'policy-field-missing', title: 'Reply lacks a field', spoil: (reply) => withFields(reply, ({ 'q-signature': _, ...rest }) => rest) },
  {
    name: 'policy-tampered',
    title: 'Policy changed after signing',
    spoil: (reply) => withFields(reply, (fields) => ({ ...fields, policy: encodePolicy(`${decodePolicy(fields['policy'] ?? '')} `) })),
  },
  {
    name: 'signature-wrong',
    title: 'Signature is wrong',
    spoil: (reply) => withFields(reply, (fields) => ({ ...fields, 'q-signature': flipFirstDigit(fields['q-signature'] ?? '') })),
  },
  { name: 'policy-expired', title: 'Policy has expired', shiftSeconds: -86_400 },
  {
    name: 'form-field-missing',
    title: 'Form lacks a field that the policy names',
    spoil: (reply) => withFields(reply, ({ acl: _, ...rest }) => rest),
  },
  { name: 'file-too-large', title: 'Policy allows 1 KB only', signedSize: 1024 },
  { name: 'file-too-small', title: 'Policy asks for 1 GB', signedSize: 1024 ** 3 },
  { name: 'bucket-no-cors', title: 'Bucket without CORS rules', bucket: BUCKETS.noCors },
  { name: 'bucket-no-etag', title: 'Bucket that exposes no ETag', bucket: BUCKETS.noEtag },
  { name: 'connection-cut', title: 'Connection cut in the middle', bucket: BUCKETS.cut },
]

export function findTrouble(name: string | null): Trouble | null {
  return TROUBLES.find((trouble) => trouble.name === name) ?? null
}
