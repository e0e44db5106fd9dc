/**
 * How much of one file has been sent.
 *
 * `bytes`: bytes of the FILE, the multipart frame taken off; `sent` never goes back within an attempt and stays below
 * `total` until storage's reply has been read (an empty file has `sent = total = 0`).
 * `unknown`: a native form post, whose progress no browser reports.
 */
export type Progress = { readonly kind: 'bytes'; readonly sent: number; readonly total: number } | { readonly kind: 'unknown' }
