import type { Clock } from './clock.ts'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import type { Connectivity } from './connectivity.ts'
import type { Hasher } from './hashing/hasher.ts'
import type { PolicySource } from './policy/policy-source.ts'
import type { RecoveryStore } from './recovery/recovery.ts'
import type { Restrictions } from './restrict/restrictions.ts'
import type { RetryOptions } from './retry-options.ts'
import type { Transport } from './transport/transport.ts'
import type { Probe } from './uploader-settings.ts'
import type { SettledItem, UploadItem } from './upload-item.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderEvent } from './uploader-events.ts'
import type { UploaderSnapshot } from './uploader-snapshot.ts'

/** A file with what the browser does not keep in it. */
export interface FileInput {
  readonly file: Blob
  /** @default the File's name, else `blob` */
  readonly name?: string | undefined
  /** Where it was in a dropped or chosen folder; told to the policy endpoint; `null` for nowhere. @default the File's `webkitRelativePath`, else `null` */
  readonly relativePath?: string | null | undefined
  readonly priority?: number | undefined
}

export interface UploaderOptions {
  /** URL of the policy endpoint, or a function that answers its shape. */
  readonly policy: string | PolicySource
  /** Wishes for form fields, for all files. The server decides. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** Handed to the policy endpoint as it is. */
  readonly context?: unknown
  /** Uploads at the same time. @default 3 */
  readonly concurrency?: number | undefined
  /** Start as soon as files are added. @default true */
  readonly autoUpload?: boolean | undefined
  readonly restrictions?: Restrictions | undefined
  /**
   * How often and how patiently a failed upload is sent again; `false` for never. Where one file after another fails, one at a time is sent to see,
   * for two minutes at most, and the others keep their attempts.
   */
  readonly retry?: RetryOptions | false | undefined
  /** Milliseconds for one answer of the policy endpoint, or of the confirm port. @default 30000 */
  readonly policyTimeout?: number | undefined
  /** Files that are signed together with the one whose turn it is, 0 to 99. @default 99 */
  readonly lookAhead?: number | undefined
  /**
   * Asks your server whether an object is stored: the URL of a confirm endpoint, or a function. Without it an upload whose reply was lost
   * ends with `outcome-unknown`; with it, in success or in a safe retry. Also asked when a file is retried that was canceled when all of it may
   * have been sent.
   */
  readonly confirm?: string | ConfirmPort | undefined
  /** `always`: also after each upload that storage accepted; an item succeeds when your server has seen the object. @default 'when-unknown' */
  readonly confirmWhen?: 'when-unknown' | 'always' | undefined
  /**
   * The file's CRC-64, computed in a worker while it uploads, against `x-cos-hash-crc64ecma`. `verify`: a difference is the error
   * `integrity-mismatch`; `report`: it is told in the result; `off`: nothing is computed, but for a
   * question about an upload whose reply was lost. @default 'verify'
   */
  readonly integrity?: 'verify' | 'report' | 'off' | undefined
  /** Reads each file before it is sent and adds `Content-MD5`, so that storage refuses damaged bytes. @default false */
  readonly contentMd5?: boolean | undefined
  /**
   * Changes a file before the restrictions are final: compress, rename, strip. Returns the file to upload, with or without another name.
   * A file for which it throws becomes a rejection with the code `prepare-failed`.
   */
  readonly prepare?:
    | ((file: Blob, options: { readonly name: string; readonly signal: AbortSignal }) => Blob | FileInput | Promise<Blob | FileInput>)
    | undefined
  /**
   * Keeps files and results in the browser until they are taken out of the list, so that `restore()` finds them after a reload: a name for the
   * IndexedDB database (one for each uploader of the app and each of its users: who signs in next would find the files of the one before), or a store of
   * your own. The browser may refuse large files or forget them.
   * Read when it is first needed, and then kept: for another user make another uploader (in React, give the component a `key`).
   */
  readonly recovery?: string | RecoveryStore | undefined
  /** @default one that chooses the way that fits the form, see `createBrowserTransport` */
  readonly transport?: Transport | undefined
  readonly hasher?: Hasher | undefined
  /** Tells why a request ended without a reply. @default a probe of the bucket's URL; none with a transport of your own that sends elsewhere or otherwise */
  readonly probe?: Probe | false | undefined
  readonly connectivity?: Connectivity | undefined
  /** @default systemClock. Read when the uploader is created. */
  readonly clock?: Clock | undefined
  /** 0 up to 1, for the waits between retries. @default Math.random */
  readonly random?: (() => number) | undefined
}

/** One queue of uploads and its state. Create with `createUploader`. */
export interface Uploader {
  /** Adds files; those that break a restriction become the new `rejections`, in place of earlier ones. Returns the ids of the others. */
  readonly add: (files: Iterable<Blob | FileInput>) => readonly string[]
  /** Starts queued items: all, or one. Needed only by what was added with `autoUpload: false`. */
  readonly start: (id?: string) => void
  /** Adds files and starts them; resolves when each has settled, whatever became of it. Never rejects. One that is retried meanwhile counts as it ended first. */
  readonly upload: (files: Iterable<Blob | FileInput>, options?: { readonly signal?: AbortSignal | undefined }) => Promise<readonly SettledItem[]>
  /**
   * Adds one file and starts it; rejects with a `CosUploadError`. Called again it adds another one: what failed stays in the list, and counts for
   * `maxFiles`, until it is taken out.
   */
  readonly uploadAsync: (file: Blob | FileInput, options?: { readonly signal?: AbortSignal | undefined }) => Promise<UploadResult>
  /**
   * Takes back what an earlier page left behind (option `recovery`): unfinished files are queued, finished ones keep their result. One that was on its
   * way is first asked about where there is a confirm port; without one, what may have been sent as a whole has failed with `outcome-unknown`, as has
   * what ended in doubt, for a person to decide. Returns their ids; none
   * when the uploader was destroyed meanwhile: they wait for the next. What is, or was, in the list is left as it is, so it may be called again.
   * Rejects where the browser does not let it be read, or does not answer for two minutes.
   */
  readonly restore: () => Promise<readonly string[]>
  /** Ends one upload (the socket closes), or all. */
  readonly cancel: (id?: string) => void
  /** Sends a failed or canceled item again, or one that waits for its retry at once; without an id all failed ones. */
  readonly retry: (id?: string) => void
  /** Takes an item out of the list, canceling it first where needed. */
  readonly remove: (id: string) => void
  /** Takes out the settled items, or all. @default 'settled' */
  readonly clear: (which?: 'settled' | 'all') => void
  /** No new upload starts; running ones go on. */
  readonly pause: () => void
  readonly resume: () => void
  /** Higher goes first. Running uploads are not interrupted. */
  readonly setPriority: (id: string, priority: number) => void
  /** Puts an item at another place of `ids`. */
  readonly move: (id: string, index: number) => void
  readonly dismissRejections: () => void
  /**
   * Takes other options from now on, in place of all before (what is left out has its default again), but for `clock` and `recovery`; an attempt
   * under way is sent as it began, and what comes after it (retries, questions) goes by the new ones. Files that are signed already, up to
   * `lookAhead` of those that wait, keep their `policy`, `fields` and `context`.
   */
  readonly setOptions: (options: UploaderOptions) => void
  readonly getItem: (id: string) => UploadItem | undefined
  readonly getSnapshot: () => UploaderSnapshot
  /** Called after each commit: at most once a frame for what uploads do, at the end of the turn for what the app does. */
  readonly subscribe: (listener: () => void) => () => void
  /** Called when this item was replaced or removed. */
  readonly subscribeItem: (id: string, listener: () => void) => () => void
  readonly onEvent: (listener: (event: UploaderEvent) => void) => () => void
  /**
   * Cancels everything and lets go of every timer, worker and listener that it has on the page. Items stay readable, and adding files makes it
   * work again, for those who still listen to it.
   */
  readonly destroy: () => void
}
