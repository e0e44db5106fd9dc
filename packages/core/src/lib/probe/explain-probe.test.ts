import { expect, test } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import type { NetworkProbe } from '../upload-error.ts'
import { explainProbe } from './explain-probe.ts'

const bucket = 'https://b-1.cos.ap-guangzhou.myqcloud.com'
const form = (landing?: string) =>
  createPostForm({
    action: `${bucket}/?token=SECRET`,
    fields: [['key', 'a'], ...(landing === undefined ? [] : [['success_action_redirect', landing] as const])],
    file: new Blob(['a']),
    filename: 'a',
  })
const landing = 'https://my.website/landed?user=SECRET'

test.each<[NetworkProbe, string | undefined, string]>([
  ['offline', undefined, 'is offline'],
  ['unreachable', undefined, `${bucket}/ does not answer from here`],
  ['unreachable', landing, `${bucket}/ or https://my.website/landed does not answer from here`],
  ['cors', landing, `${bucket}/ answers, but the bucket's CORS rules`],
  ['csp', undefined, `Add ${bucket} to connect-src.`],
  ['csp', landing, `Add ${bucket} and https://my.website to connect-src.`],
  ['mixed-content', landing, `no http:// address: ${bucket}/ or https://my.website/landed. Use`],
  ['landing-cors', landing, 'https://my.website/landed lacks CORS headers'],
])('who reads why there was no reply (%s) is told which address it is about, without its query: landing page %s', (found, page, words) => {
  const text = explainProbe(form(page), found)
  expect(text).toContain(words)
  expect(text).not.toContain('SECRET')
})

test('who lets a landing page send CORS headers is told that OPTIONS is asked too: browsers ask it first, and the headers of GET alone change nothing', () => {
  expect(explainProbe(form(landing), 'landing-cors')).toContain('answer OPTIONS and GET with Access-Control-Allow-Origin: null')
})
