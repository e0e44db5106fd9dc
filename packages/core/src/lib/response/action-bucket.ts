const address = /^https?:\/\/(?:([a-z\d-]+-\d+)\.(?:cos|cos-internal|ci)\.|[^/]+\/([a-z\d-]+-\d+)\/?$)/

/** The bucket that an action names, in its host or, in path style, as its path; `null` for a custom domain. */
export function actionBucket(action: string): string | null {
  const [, inHost, inPath] = address.exec(action) ?? []
  return inHost ?? inPath ?? null
}
