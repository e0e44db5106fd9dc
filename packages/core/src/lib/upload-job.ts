import type { PostForm } from './form/post-form.ts'
import type { Place } from './upload-queue.ts'
import type { UploadEnding } from './upload-ending.ts'
import type { AnyUploadError } from './upload-error.ts'
import type { UploadResult } from './upload-result.ts'

/** A form that was sent. */
export interface UploadDoubt {
  readonly form: PostForm
  readonly receipt: string | null
  /** What storage's reply said; `null` when it was lost. */
  readonly result: UploadResult | null
  /** The connection broke, and the browser was silent at last: not told of, it would be sent again. */
  readonly broken?: AnyUploadError
  /** Any other failure that left the doubt. */
  readonly lost?: AnyUploadError
  /** An earlier page had begun to send it, and it is most likely not stored: it is sent again, under the same key. */
  readonly begun?: boolean
}

/** What the engine keeps of one item beside what is shown. */
export interface UploadJob extends Place {
  /** `prepare` has made of its file what it will be. */
  prepared?: boolean
  /** It came when there was a `prepare`: what rules ask of it, but the count, was left for after that. */
  unruled?: boolean
  /** `prepare` and `validate` have let it through. */
  admitted: boolean
  /** Lives from the first start to the settlement, through all retries; aborting it ends whatever is under way. */
  controller?: AbortController | null
  /** Attempts so far. Sending again with a new policy, or after having been offline, is not another one. */
  attempt: number
  /** Failures that counted, in whatever step: what the retry policy goes by. */
  failures: number
  /** Uploads that had succeeded, of all, when this one failed last. */
  stored?: number
  /** Times in a row that it was refused while others were stored. */
  spared?: number
  /** This attempt has a new policy for the same key, or is to have one: not another one before the next attempt. */
  renewal?: boolean
  /** The next sending does not count as another attempt. */
  free?: boolean
  contentMd5?: string | undefined
  crc64?: Promise<string | null> | null
  /** What the running attempt has handed to the transport. */
  sent?: UploadDoubt | null
  /** All of that is out, as far as anybody can tell: storage may have the object. */
  maybeStored?: boolean
  /** What the confirm port is to be asked about before anything else happens. */
  doubt?: UploadDoubt | null
  stopTimer?: (() => void) | null
  /** Hears how it ended: as an item, or as a rejection. */
  onEnd?: (ending: UploadEnding) => void
}
