import type { Clock } from './clock.ts'
import type { PolicySource } from './policy/policy-source.ts'
import type { Restrictions } from './restrict/restrictions.ts'
import type { Transport } from './transport/transport.ts'
import type { SettledItem, UploadItem } from './upload-item.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderEvent } from './uploader-events.ts'
import type { UploaderSnapshot } from './uploader-snapshot.ts'

/** A file with what the browser does not keep in it. */
export interface FileInput {
  readonly file: Blob
  /** @default the File's name, else `blob` */
  readonly name?: string
  readonly relativePath?: string | null
  readonly priority?: number
}

export interface UploaderOptions {
  /** URL of the policy endpoint, or a function that answers its shape. */
  readonly policy: string | PolicySource
  /** Wishes for form fields, for all files. The server decides. */
  readonly fields?: Readonly<Record<string, string>>
  /** Handed to the policy endpoint as it is. */
  readonly context?: unknown
  /** Uploads at the same time. @default 3 */
  readonly concurrency?: number
  /** Start as soon as files are added. @default true */
  readonly autoUpload?: boolean
  readonly restrictions?: Restrictions
  readonly transport?: Transport
  readonly clock?: Clock
}

/** One queue of uploads and its state. Create with `createUploader`. */
export interface Uploader {
  /** Adds files; those that break a restriction become `rejections`. Returns the ids of the others. */
  add(files: Iterable<Blob | FileInput>): readonly string[]
  /** Starts queued items: all, or one. Needed only with `autoUpload: false`. */
  start(id?: string): void
  /** Adds files and starts them; resolves when all are settled, whatever became of them. Never rejects. */
  upload(files: Iterable<Blob | FileInput>, options?: { readonly signal?: AbortSignal }): Promise<readonly SettledItem[]>
  /** Adds one file and starts it; rejects with a `CosUploadError`. */
  uploadAsync(file: Blob | FileInput, options?: { readonly signal?: AbortSignal }): Promise<UploadResult>
  /** Ends one upload (the socket closes), or all. */
  cancel(id?: string): void
  /** Sends a failed or canceled item again, or all failed ones. */
  retry(id?: string): void
  /** Takes an item out of the list, canceling it first where needed. */
  remove(id: string): void
  /** Takes out the settled items, or all. @default 'settled' */
  clear(which?: 'settled' | 'all'): void
  /** No new upload starts; running ones go on. */
  pause(): void
  resume(): void
  /** Puts an item at another place of `ids`. */
  move(id: string, index: number): void
  dismissRejections(): void
  /** Takes other options from now on; running uploads keep theirs. */
  setOptions(options: UploaderOptions): void
  getItem(id: string): UploadItem | undefined
  getSnapshot(): UploaderSnapshot
  /** Called after each commit: at most once a frame for progress, at once for everything else. */
  subscribe(listener: () => void): () => void
  /** Called when this item was replaced or removed. */
  subscribeItem(id: string, listener: () => void): () => void
  onEvent(listener: (event: UploaderEvent) => void): () => void
  /** Cancels everything and lets go of every listener, timer and worker. */
  destroy(): void
}
