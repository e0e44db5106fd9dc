const address = /^https?:\/\/(?:([a-z\d-]+-\d+)\.(?:cos|cos-internal|ci)\.|[^/]+\/([a-z\d-]+-\d+)\/?$)/

/** The bucket that an action names, in its host or, in path style, as its path; `null` for a custom domain. */
export function actionBucket(action: string): string | null {
  if (action !== known?.action) {
    const [, inHost, inPath] = address.exec(action) ?? []
    known = { action, bucket: inHost ?? inPath ?? null }
  }
  return known.bucket
}

/** The last one that was looked at: nearly all forms have the same. */
let known: { readonly action: string; readonly bucket: string | null } | null = null
