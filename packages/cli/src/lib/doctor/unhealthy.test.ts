import { expect, it, onTestFinished } from 'vitest'
import { captured } from '../testing/captured-run.ts'
import { localBucket } from '../testing/local-bucket.ts'

const PAGE = 'https://app.example.com'

type Spoil = (reply: Response, request: RequestInit) => Response

/** The reply to the posts that redirect, or to those that do not, otherwise than COS gave it. */
function posts(redirecting: boolean, change: (headers: Headers) => number | void): Spoil {
  return (reply, { method }) => {
    if (method !== 'POST' || (reply.status === 303) !== redirecting) return reply
    const headers = new Headers(reply.headers)
    const status = change(headers) ?? reply.status
    return new Response(null, { status, headers })
  }
}

/** One removal does not get through: the first is of the test upload, the second of the redirect's. */
function keeping(which: number): Spoil {
  let removals = 0
  return (reply, { method }) => (method === 'DELETE' && ++removals === which ? new Response(null, { status: 403 }) : reply)
}

it.each<[string, Spoil, string]>([
  [
    'the page may not read the answer',
    posts(false, (headers) => headers.delete('Access-Control-Allow-Origin')),
    '✗ Test upload  stored, but the page may not',
  ],
  ['other bytes were stored', posts(false, (headers) => headers.set('x-cos-hash-crc64ecma', '1')), '✗ Test upload  stored, but with other bytes'],
  ['the test is still there', keeping(1), '! Test upload  the test object could not be removed; delete it yourself: cosdrop-doctor/'],
  ['a redirect says nothing of the object', posts(true, (headers) => headers.set('Location', PAGE)), 'bucket, key and etag are missing'],
  ['the redirect’s test is still there', keeping(2), ' the test object could not be removed; delete it yourself: cosdrop-doctor/'],
  ['a redirect is ignored', posts(true, () => 204), '✗ Redirect     COS stored the object and answered 204'],
  ['the post that redirects is refused', posts(true, () => 403), '✗ Redirect     refused.'],
  ['a redirect leads nowhere', posts(true, (headers) => headers.delete('Location')), 'answered 303 without redirecting'],
  ['no test upload gets through', posts(false, () => 403), '– Redirect     not tried: the test upload did not get through'],
])('a deployment that asks the doctor first is stopped where %s', async (_what, spoil, sentence) => {
  const local = await localBucket()
  onTestFinished(() => local.cos.close())
  const spoiling: typeof fetch = async (input, init) =>
    new Request(input, init).url.startsWith(PAGE) ? new Response(null) : spoil(await fetch(input, init), init ?? {})
  const args = ['doctor', ...local.options, '--origin', PAGE, '--redirect', `${PAGE}/done`]
  const run = await captured(args, { env: local.env, fetch: spoiling })
  expect([run.exit, run.stdout.replaceAll(/\n {6,}/g, ' ')]).toEqual([1, expect.stringContaining(sentence)])
})
