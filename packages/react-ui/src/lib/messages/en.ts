import type { Format } from '../format/format.ts'
import { sizeRange, type SizeRange } from '../format/size-range.ts'
import type { ErrorText, Messages, ServiceTexts } from './messages.ts'

const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`)

export const en: Messages = {
  locale: 'en',
  units: ['B', 'KB', 'MB', 'GB', 'TB'],
  label: 'File upload',
  files: 'Files',

  dropFiles: { before: 'Drop files here, or ', action: 'choose files', after: '' },
  dropMore: { before: 'Drop more files, or ', action: 'choose', after: '' },
  orTakePhoto: ' or take a photo',
  dropToAdd: (count) => (count === null ? 'Drop to add' : `Drop to add ${files(count)}`),
  dropRefused: (allowed) => (allowed === null ? 'This cannot be uploaded here' : `Only ${lower(allowed)} can be uploaded here`),
  kinds: { image: 'Images', video: 'Videos', audio: 'Audio', text: 'Text' },
  limits: ({ allowed, maxSize, maxFiles, many }) =>
    capital(
      [lowerAfterFirst(allowed), maxSize === null ? null : `up to ${maxSize}${many ? ' each' : ''}`, maxFiles === null ? null : `${maxFiles} at most`]
        .filter((part) => part !== null)
        .join(', '),
    ),
  storedEncrypted: (how) => `Stored encrypted (${how})`,

  doneOf: (done, all) => `${done} of ${all}`,
  bytesOf: (part, whole) => `${part} of ${whole}`,
  speed: (bytes) => `${bytes}/s`,
  secondsLeft: (seconds) => {
    if (seconds < 60) return `${seconds} s left`
    const minutes = Math.round(seconds / 60)
    return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`
  },
  pause: 'Pause',
  resume: 'Resume',
  retryAll: (count) => `Retry ${count}`,
  clearSettled: 'Clear finished',
  paused: 'Paused',
  offline: 'Waiting for the network',

  waiting: 'Waiting',
  hashing: (percent) => `Checking the file, ${percent}`,
  signing: 'Asking for permission',
  uploading: 'Uploading',
  sent: 'Sent, waiting for storage',
  nextTry: (seconds) => (seconds > 0 ? `Next try in ${seconds} s` : 'Trying again'),
  attemptOf: (next, most) => `(${next} of ${most})`,
  retryReasons: {
    network: 'Connection lost',
    stalled: 'Connection stalled',
    busy: 'Storage is busy',
    service: 'Storage had a problem',
    policy: 'No permission yet',
    other: 'That did not work',
  },
  confirming: 'Sent, asking whether it is stored',
  stored: 'Stored',
  storedVerified: 'Stored and verified',
  storedMismatch: 'Stored, but not the same bytes',
  canceled: 'Canceled',
  progressOf: (name) => `Progress of ${name}`,

  retry: (name) => `Try ${name} again`,
  cancel: (name) => `Cancel ${name}`,
  remove: (name) => `Remove ${name} from the list`,
  showDetails: (name) => `Show details of ${name}`,
  hideDetails: (name) => `Hide details of ${name}`,
  copy: (what) => `Copy ${what}`,
  copied: (what) => `${what} copied`,
  copyFailed: 'The browser did not allow copying. Select the text and copy it by hand.',

  etag: 'ETag',
  version: 'Version',
  location: 'Location',
  integrity: 'Integrity',
  crcEqual: (crc64) => `CRC-64 ${crc64}, equal to storage’s`,
  crcUnchecked: (crc64) => `CRC-64 ${crc64}, not checked`,
  crcHidden: 'Not checked: x-cos-hash-crc64ecma is not in ExposeHeaders',
  crcDifferent: (crc64) => `CRC-64 ${crc64}, different from the file’s`,
  encryption: 'Encryption',
  notEncrypted: 'None reported',
  request: 'Request',
  trace: 'Trace',
  errorCode: 'Error',
  httpStatus: 'HTTP status',
  storageSaid: 'Storage said',
  report: 'Report',
  hiddenHeaders: (headers) => `Storage sent ${headers}, but the bucket’s CORS rule hides it from this page. Add it to \`ExposeHeaders\`.`,

  rejectedTitle: (count) => (count === 1 ? '1 file was not added.' : `${count} files were not added.`),
  rejected: {
    'file-invalid-type': ({ names, allowed }) =>
      allowed === null ? `${names}: this kind of file is not accepted.` : `${names}: only ${lower(allowed)} can be added.`,
    'file-too-large': ({ names, maxSize }) => `${names}: larger than ${maxSize}.`,
    'file-too-small': ({ names, minSize }) => `${names}: smaller than ${minSize}.`,
    'too-many-files': ({ names, maxFiles }) => `${names}: the list takes ${maxFiles} files at most.`,
    'total-too-large': ({ names, maxTotalSize }) => `${names}: all files together may have ${maxTotalSize}.`,
  },
  rejectedFor: (names, message) => `${names}: ${message}`,
  namesAndMore: (names, more) =>
    more > 0
      ? `${names.join(', ')} and ${more} more`
      : names.length > 1
        ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
        : (names[0] ?? ''),
  dismiss: 'Dismiss',

  errors: {
    'policy-unreachable': ({ status }) => ({
      title: 'Not uploaded',
      text: `The app’s policy endpoint ${status === null ? 'did not answer' : `had a problem (HTTP ${status})`}, so there is no permission to upload. Try again in a moment.`,
    }),
    'policy-refused': ({ serverMessage }) => ({
      title: 'Not allowed',
      text: serverMessage ?? 'The app’s server does not allow this upload. Sign in again, or ask who runs this page.',
    }),
    'policy-malformed': ({ problem }) => ({
      title: 'Not uploaded',
      text: `The app’s policy endpoint cannot be understood: ${problem}. Whoever runs this page has to repair it.`,
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
      text: `The upload form cannot be built: ${problem}${field === null ? '' : ` (\`${field}\`)`}. The policy endpoint has to send other fields.`,
    }),
    network: ({ probe }) => networkTexts[probe ?? 'unknown'],
    stalled: ({ idleMs }) => ({
      title: 'Connection stalled',
      text: `Nothing was sent for ${Math.round(idleMs / 1000)} s, so the upload was stopped. Check the connection and try again.`,
    }),
    'outcome-unknown': () => ({
      title: 'May be stored already',
      text: 'The connection ended after the whole file was sent, so storage may have it. Look for it before you try again, so that it is not stored twice.',
    }),
    service: (details) => serviceTexts[details.problem](details),
    'redirect-unreadable': () => ({
      title: 'No answer can be read',
      text: 'Storage sent the browser to a page that this one may not read. Leave out `success_action_redirect`, or let the landing page allow this origin.',
    }),
    'reply-malformed': ({ problem }) => ({
      title: 'No answer can be read',
      text: `The reply does not come from storage: ${problem}. A proxy or a wrong bucket address may be in between.`,
    }),
    'integrity-mismatch': () => ({ title: 'Damaged on the way', text: 'What storage received is not what was read from the file. Send it again.' }),
    'confirm-failed': ({ outcome }) => ({
      title: 'Not confirmed',
      text:
        outcome === null
          ? 'Storage took the file, but the app’s server could not confirm it. Try again: the file is not sent twice.'
          : 'Storage took the file, but the app’s server does not find it there as it was sent. Send it again, and tell who runs this page.',
    }),
    'file-rejected': ({ reasons }) => ({ title: 'Not added', text: reasons.map(({ message }) => message).join(' ') }),
    'file-unreadable': () => ({
      title: 'File cannot be read',
      text: 'It was moved, changed or deleted after it was chosen, or the browser lost access to it. Choose it again.',
    }),
    aborted: () => ({ title: 'Canceled', text: 'The upload was stopped before it ended.' }),
  },

  said: {
    started: (count) => `Uploading ${files(count)}.`,
    quarter: (percent, done, all) => `${percent} uploaded, ${done} of ${files(all)} stored.`,
    failed: (name, title) => `${name}: ${title}.`,
    manyFailed: (count) => `${files(count)} not uploaded.`,
    settled: ({ stored, failed, canceled }) =>
      `${[stored > 0 || failed + canceled === 0 ? `${files(stored)} stored` : '', failed > 0 ? `${failed} failed` : '', canceled > 0 ? `${canceled} canceled` : ''].filter(Boolean).join(', ')}.`,
    removed: (name) => `${name} removed from the list.`,
  },
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `Images and PDF` inside a sentence: `images and PDF`. Abbreviations stay as they are. */
function lower(words: string): string {
  return words.replace(/\b\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase())
}

function lowerAfterFirst(words: string | null): string | null {
  return words === null ? null : capital(lower(words))
}

function sizeText(size: number, { min, max }: SizeRange, format: Format): ErrorText {
  const title = 'Not uploaded'
  if (size > max) {
    const text = `The file is larger than the policy allows: ${format.bytes(size)}, at most ${format.limit(max)}. Choose a smaller file, or raise \`content-length-range\` on the server.`
    return { title, text }
  }
  const text = `The file is smaller than the policy allows: ${format.bytes(size)}, at least ${format.limit(min)}. Choose another file, or lower \`content-length-range\` on the server.`
  return { title, text }
}

const networkTexts = {
  unknown: { title: 'Connection lost', text: 'The connection to storage ended before the whole file was sent. Check the network and try again.' },
  offline: { title: 'No network', text: 'This device is offline. The upload can be tried again when it is back.' },
  unreachable: {
    title: 'Storage cannot be reached',
    text: 'The bucket’s address does not answer from this network. Check the connection, a firewall, and the bucket’s region.',
  },
  cors: {
    title: 'No answer can be read',
    text: 'The bucket’s CORS rules do not allow `POST` from this page. Run `cosdrop doctor` to see the rule to add.',
  },
  'mixed-content': {
    title: 'Blocked by the browser',
    text: 'This page is served by HTTPS and the bucket’s address by HTTP. Use the bucket’s `https://` address.',
  },
  'landing-cors': {
    title: 'No answer can be read',
    text: 'The file was sent, but the page that storage redirected to does not allow this origin. Let it send `Access-Control-Allow-Origin: null`.',
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
  digest: () => ({ title: 'Damaged on the way', text: 'Storage received other bytes than were sent. Send the file again.' }),
  cors: () => ({
    title: 'Not allowed',
    text: 'The bucket’s CORS rules do not allow `POST` from this page. Run `cosdrop doctor` to see the rule to add.',
  }),
  bucket: () => ({ title: 'Not uploaded', text: 'The bucket does not exist in this region. Check the bucket’s name and region on the server.' }),
  denied: ({ serviceMessage }) => ({
    title: 'Not allowed',
    text: `Storage refused the upload${said(serviceMessage)}. Check the policy’s conditions, and that its credentials may do \`name/cos:PostObject\`.`,
  }),
  other: ({ status, serviceCode, serviceMessage }) =>
    status >= 500
      ? { title: 'Storage had a problem', text: `Storage could not take the file (HTTP ${status}). Try again in a moment.` }
      : {
          title: 'Not uploaded',
          text: `Storage refused the upload with ${serviceCode === null ? `HTTP ${status}` : `\`${serviceCode}\``}${said(serviceMessage)}. The details say which request it was.`,
        },
}
