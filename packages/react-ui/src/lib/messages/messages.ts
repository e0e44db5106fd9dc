import type { RejectionCode, UploadErrorCode, UploadErrorDetails, UploadItem } from '@cosdrop/core'
import type { ByteUnits, Format } from '../format/format.ts'

/** One sentence with an action in it: `before`, then a button, then `after`. Where there is little room `before` is left out. */
export interface Prompt {
  readonly before: string
  readonly action: string
  readonly after: string
}

/** What happened, in a few words for the row, and why and what to do, in one or two sentences. Words between backticks are shown as code. */
export interface ErrorText {
  readonly title: string
  readonly text: string
}

export interface ErrorContext {
  readonly item: UploadItem
  readonly format: Format
}

export type ErrorTexts = {
  readonly [Code in UploadErrorCode]: (details: UploadErrorDetails[Code], context: ErrorContext) => ErrorText
}

type ServiceDetails = UploadErrorDetails['service']

/** One text for each kind of refusal by COS. */
export type ServiceTexts = { readonly [Problem in ServiceDetails['problem']]: (details: ServiceDetails) => ErrorText }

export interface RejectionContext {
  /** One or more names, as a list. */
  readonly names: string
  readonly count: number
  /** What may be added, in words (`Images and PDF`). */
  readonly allowed: string | null
  readonly minSize: string
  readonly maxSize: string
  readonly maxFiles: string
  readonly maxTotalSize: string
}

/**
 * Every text of the widget. A plain object: `messages={{ ...en, dropFiles: … }}` replaces one, another language is another object.
 * Numbers, sizes and lists arrive formatted for `locale`.
 */
export interface Messages {
  /** BCP 47: decides how numbers, sizes and lists are written. */
  readonly locale: string
  readonly units: ByteUnits
  /** Names the widget for assistive technology. */
  readonly label: string
  readonly files: string

  readonly dropFiles: Prompt
  readonly dropMore: Prompt
  /** After the action on narrow screens, where pictures are welcome: a phone's file dialog has the camera in it. */
  readonly orTakePhoto: string
  readonly dropToAdd: (count: number | null) => string
  readonly dropRefused: (allowed: string | null) => string
  readonly kinds: { readonly image: string; readonly video: string; readonly audio: string; readonly text: string }
  readonly limits: (limits: {
    readonly allowed: string | null
    readonly maxSize: string | null
    readonly maxFiles: string | null
    readonly many: boolean
  }) => string
  readonly storedEncrypted: (how: string) => string

  readonly doneOf: (done: string, all: string) => string
  readonly bytesOf: (part: string, whole: string) => string
  readonly speed: (bytes: string) => string
  readonly secondsLeft: (seconds: number) => string
  readonly uploadAll: (count: number) => string
  readonly pause: string
  readonly resume: string
  readonly retryAll: (count: string) => string
  readonly clearSettled: string
  readonly paused: string
  readonly offline: string

  readonly waiting: string
  readonly hashing: (percent: string) => string
  readonly signing: string
  readonly uploading: string
  readonly sent: string
  readonly nextTry: (seconds: number) => string
  readonly attemptOf: (next: number, most: number) => string
  /** Why the next attempt has to wait, by error code; `busy` for a 429 or 503 of storage. */
  readonly retryReasons: {
    readonly network: string
    readonly stalled: string
    readonly busy: string
    readonly service: string
    readonly policy: string
    readonly other: string
  }
  readonly confirming: string
  readonly stored: string
  readonly storedVerified: string
  readonly storedMismatch: string
  readonly canceled: string
  readonly progressOf: (name: string) => string

  readonly retry: (name: string) => string
  readonly cancel: (name: string) => string
  readonly remove: (name: string) => string
  readonly showDetails: (name: string) => string
  readonly hideDetails: (name: string) => string
  readonly copy: (what: string) => string
  readonly copied: (what: string) => string
  readonly copyFailed: string

  readonly etag: string
  readonly version: string
  readonly location: string
  readonly integrity: string
  readonly crcEqual: (crc64: string) => string
  readonly crcUnchecked: (crc64: string) => string
  readonly crcHidden: string
  readonly crcDifferent: (crc64: string) => string
  readonly encryption: string
  readonly notEncrypted: string
  readonly request: string
  readonly trace: string
  readonly errorCode: string
  readonly httpStatus: string
  readonly storageSaid: string
  /** Labels the error's own text, which is for developers. */
  readonly report: string
  readonly hiddenHeaders: (headers: string) => string

  /** A folder was dropped that has nothing in it. */
  readonly emptyFolder: string
  readonly rejectedTitle: (count: number) => string
  /** By code; codes of the app's own rules bring their own message. */
  readonly rejected: { readonly [Code in RejectionCode]?: (context: RejectionContext) => string }
  readonly rejectedFor: (names: string, message: string) => string
  readonly namesAndMore: (names: readonly string[], more: number) => string
  readonly dismiss: string

  readonly errors: ErrorTexts

  /** What the live region says. */
  readonly said: {
    readonly added: (count: number) => string
    readonly started: (count: number) => string
    readonly quarter: (percent: string, done: number, all: number) => string
    readonly failed: (name: string, title: string) => string
    readonly manyFailed: (count: number) => string
    readonly settled: (counts: { readonly stored: number; readonly failed: number; readonly canceled: number }) => string
    readonly canceled: (name: string) => string
    readonly removed: (name: string) => string
  }
}
