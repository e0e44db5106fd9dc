import { MAX_OBJECT_BYTES } from '@cosdrop/core'
import type { Format } from '../format/format.ts'
import { sizeRange, type SizeRange } from '../format/size-range.ts'
import type { ErrorText, ErrorTexts, ServiceTexts } from './messages.ts'
import { retryAsksFirst } from './retry-asks-first.ts'

export const enErrors: ErrorTexts = {
  'policy-unreachable': ({ status }) => ({
    title: 'Not uploaded',
    text: `The app’s policy endpoint ${status === null ? 'did not answer' : `had a problem (HTTP ${status})`}, so there is no permission to upload. Try again in a moment.`,
  }),
  'policy-refused': ({ status, serverMessage }) => ({
    title: 'Not allowed',
    text:
      serverMessage ??
      `The app’s server does not allow this upload${status === null ? '' : ` (HTTP ${status})`}. Sign in again, or ask who runs this page.`,
  }),
  'policy-malformed': ({ problem, status }) => ({
    title: 'Not uploaded',
    text: `The app’s policy endpoint cannot be understood: ${problem}. ${status === null ? 'Whoever runs this page has to repair it.' : 'Sign in again, or ask who runs this page.'}`,
  }),
  'policy-expired': () => ({
    title: 'Not uploaded',
    text: 'The permission to upload expired before the file was sent. Try again to get a new one.',
  }),
  'policy-mismatch': ({ field, expected, actual }, { item, format }) => {
    const range = sizeRange(expected)
    if (field === 'content-length-range' && range !== null) return sizeText(item.size, range, format)
    const is = actual === null ? 'is missing' : `is \`${actual}\``
    return {
      title: 'Not uploaded',
      text: `The form field \`${field}\` ${is}, but the policy asks for \`${expected}\`. Let the policy endpoint sign what the page sends.`,
    }
  },
  'form-invalid': ({ field, problem }) => ({
    title: 'Not uploaded',
    text: `The upload form cannot be built: ${problem}${field === null || problem.includes(field) ? '' : ` (\`${field}\`)`}. Whoever runs this page has to repair it.`,
  }),
  // Without an address it was not the bucket that could not be reached.
  network: ({ probe, sentUnknown, url }) => networkTexts[probe ?? (sentUnknown ? 'silent' : url ? 'unknown' : 'unloaded')],
  stalled: ({ idleMs }) => ({
    title: 'Connection stalled',
    text: `Nothing was sent for ${Math.round(idleMs / 1000)} s, so the upload was stopped. Check the connection and try again.`,
  }),
  'outcome-unknown': ({ probe }) => ({
    title: 'May be stored already',
    text:
      probe === 'landing-cors'
        ? networkTexts[probe].text
        : 'The connection ended when the whole file was, or may have been, sent, so storage may have it. Look for it before you try again, so that it is not stored twice.',
  }),
  service: (details) => serviceTexts[details.problem](details),
  'redirect-unreadable': () => ({
    title: 'May be stored already',
    text: 'The browser landed on a page that this one may not read, so the file may be stored. Look for it before you try again. Without `success_action_redirect` answers can be read.',
  }),
  'reply-malformed': ({ problem }) => ({
    title: 'No answer can be read',
    text: `The reply does not come from storage: ${problem}. A proxy or a wrong bucket address may be in between. Look for the file before you try again.`,
  }),
  'integrity-mismatch': () => ({ title: 'Damaged on the way', text: 'What storage received is not what was read from the file. Send it again.' }),
  'confirm-failed': (details) => ({
    title: 'Not confirmed',
    text: retryAsksFirst(details)
      ? 'Storage took the file, but the app’s server could not confirm it. Try again: the file is not sent twice.'
      : 'Storage took the file, but the app’s server does not find it there as it was sent. Send it again, and tell who runs this page.',
  }),
  'file-rejected': ({ reasons }) => ({ title: 'Not added', text: reasons.map(({ message }) => message).join(' ') }),
  'file-unreadable': () => ({
    title: 'File cannot be read',
    text: 'It was moved, changed or deleted after it was chosen, or the browser lost access to it. Choose it again.',
  }),
  aborted: () => ({ title: 'Canceled', text: 'The upload was stopped before it ended.' }),
}

function sizeText(size: number, { min, max }: SizeRange, format: Format): ErrorText {
  const title = 'Not uploaded'
  if (size > max) {
    const text = `The file is ${format.bytes(size - max)} larger than the policy allows: at most ${format.limit(max)}. ${max < MAX_OBJECT_BYTES ? 'Choose a smaller file, or raise `content-length-range` on the server.' : 'Storage takes no larger ones in one upload. Choose a smaller file.'}`
    return { title, text }
  }
  const text = `The file is ${format.bytes(min - size)} smaller than the policy allows: at least ${format.limit(min)}. Choose another file, or lower \`content-length-range\` on the server.`
  return { title, text }
}

const networkTexts = {
  unknown: { title: 'Connection lost', text: 'The connection to storage ended before the file was stored. Check the network and try again.' },
  unloaded: {
    title: 'Not uploaded',
    text: 'This page could not load or run what the upload needs. Check the network and try again, or reload the page.',
  },
  silent: {
    title: 'Connection lost',
    text: 'The connection to storage ended, and the browser does not tell whether the whole file was sent. Check the network, and look for the file before you try again.',
  },
  offline: { title: 'No network', text: 'This device is offline. The upload can be tried again when it is back.' },
  unreachable: {
    title: 'Storage cannot be reached',
    text: 'The bucket’s address does not answer from this network. Check the connection, a firewall or ad blocker, and the bucket’s region.',
  },
  cors: {
    title: 'No answer can be read',
    text: 'The bucket’s CORS rules do not allow `POST` from this page. `npx @cosdrop/cli doctor` shows the rule to add.',
  },
  csp: {
    title: 'Blocked by the browser',
    text: 'The Content-Security-Policy of this page does not allow the bucket. Add its address to `connect-src`.',
  },
  'mixed-content': {
    title: 'Blocked by the browser',
    text: 'This page is served by HTTPS and the bucket’s address by HTTP. Use the bucket’s `https://` address.',
  },
  'landing-cors': {
    title: 'May be stored already',
    text: 'The file was sent, and no answer can be read, as when the page that storage redirects to does not allow this origin. Look for the file before you try again, and let that page answer OPTIONS and GET with `Access-Control-Allow-Origin: null`.',
  },
}

const said = (message: string | null): string => (message === null ? '' : `: ${message.replace(/\.$/u, '')}`)

const serviceTexts: ServiceTexts = {
  expired: () => ({ title: 'Not uploaded', text: 'The permission to upload expired on the way. Try again to get a new one.' }),
  busy: () => ({ title: 'Storage is busy', text: 'Storage asked to slow down. Try again in a moment.' }),
  timeout: () => ({ title: 'Not uploaded', text: 'Storage waited too long for the file. Check the connection and try again.' }),
  clock: () => ({ title: 'Not uploaded', text: 'The clock of the policy endpoint is wrong. Set it by NTP, then try again.' }),
  credentials: () => ({ title: 'Not uploaded', text: 'Storage does not know the SecretId. Check the credentials of the policy endpoint.' }),
  signature: () => ({
    title: 'Not uploaded',
    text: 'Storage does not accept the signature. Check the SecretKey of the policy endpoint, and that it signs the exact policy it sends.',
  }),
  condition: ({ serviceMessage }) => ({
    title: 'Not allowed',
    text: `The form breaks a condition of its policy${said(serviceMessage)}. Let the policy endpoint sign what the page sends.`,
  }),
  size: ({ serviceCode }) =>
    serviceCode === 'EntityTooSmall'
      ? {
          title: 'Not uploaded',
          text: 'The file is smaller than the policy allows. Choose another file, or lower `content-length-range` on the server.',
        }
      : {
          title: 'Not uploaded',
          text: 'The file is larger than the policy allows. Choose a smaller file, or raise `content-length-range` on the server.',
        },
  digest: () => ({ title: 'Damaged on the way', text: 'What storage received is not what was read from the file. Send it again.' }),
  cors: () => ({
    title: 'Not allowed',
    text: 'The bucket’s CORS rules do not allow `POST` from this page. `npx @cosdrop/cli doctor` shows the rule to add.',
  }),
  bucket: () => ({ title: 'Not uploaded', text: 'The bucket does not exist in this region. Check the bucket’s name and region on the server.' }),
  denied: ({ serviceMessage }) => ({
    title: 'Not allowed',
    text: `Storage refused the upload${said(serviceMessage)}. Check the policy’s conditions, and that its credentials may do \`name/cos:PostObject\`.`,
  }),
  gateway: ({ status }) => ({
    title: 'May be stored already',
    text: `A gateway on the way gave up (HTTP ${status}), so storage may have it. Look for it before you try again, so that it is not stored twice.`,
  }),
  other: ({ status, serviceCode, serviceMessage, requestId }) =>
    status >= 500
      ? { title: 'Storage had a problem', text: `Storage could not take the file (HTTP ${status}). Try again in a moment.` }
      : {
          title: 'Not uploaded',
          text: `Storage refused the upload with ${serviceCode === null ? `HTTP ${status}` : `\`${serviceCode}\``}${said(serviceMessage)}.${requestId === null ? '' : ' The details say which request it was.'}`,
        },
}
