'use client'
import { enErrors } from './en-errors.ts'
import type { Messages } from './messages.ts'

const number = (count: number): string => count.toLocaleString('en')
const files = (count: number): string => (count === 1 ? '1 file' : `${number(count)} files`)
const time = (seconds: number): string => {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

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
  secondsLeft: (seconds) => `${time(seconds)} left`,
  uploadAll: (count) => `Upload ${files(count)}`,
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
  nextTry: (seconds) => (seconds > 0 ? `Next try in ${time(seconds)}` : 'Waiting to try again'),
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
  hiddenHeaders: (headers) => `The bucket’s CORS rule hides ${headers} from this page. Add to \`ExposeHeaders\` what pages may read.`,

  emptyFolder: 'Nothing was added: there are no files in that folder.',
  rejectedTitle: (count) => `${files(count)} ${count === 1 ? 'was' : 'were'} not added.`,
  rejected: {
    'file-invalid-type': ({ names, allowed }) =>
      allowed === null ? `${names}: this kind of file is not accepted.` : `${names}: only ${lower(allowed)} can be added.`,
    'file-too-large': ({ names, maxSize }) => `${names}: larger than ${maxSize}.`,
    'file-too-small': ({ names, minSize }) => `${names}: smaller than ${minSize}.`,
    'too-many-files': ({ names, maxFiles }) => `${names}: the list takes ${maxFiles === '1' ? '1 file' : `${maxFiles} files`} at most.`,
    'total-too-large': ({ names, maxTotalSize }) => `${names}: all files together may have ${maxTotalSize}.`,
    'file-unreadable': ({ names, count }) => `${names}: the browser cannot open ${count === 1 ? 'it' : 'them'}.`,
    'prepare-failed': ({ names }) => `${names}: could not be prepared for the upload.`,
    'validate-failed': ({ names }) => `${names}: could not be checked.`,
  },
  rejectedFor: (names, message) => `${names}: ${message}`,
  namesAndMore: (names, more) =>
    more > 0
      ? `${names.join(', ')} and ${number(more)} more`
      : names.length > 1
        ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
        : (names[0] ?? ''),
  dismiss: 'Dismiss',

  errors: enErrors,

  said: {
    added: (count) => `${files(count)} to upload.`,
    started: (count) => `Uploading ${files(count)}.`,
    quarter: (percent, done, all) => `${percent} uploaded, ${number(done)} of ${files(all)} stored.`,
    failed: (name, title) => `${name}: ${title}.`,
    manyFailed: (count) => `${files(count)} not uploaded.`,
    settled: ({ stored, failed, canceled }) =>
      `${[(stored || !(failed + canceled)) && `${files(stored)} stored`, failed && `${number(failed)} failed`, canceled && `${number(canceled)} canceled`].filter(Boolean).join(', ')}.`,
    canceled: (name) => `${name} canceled.`,
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
