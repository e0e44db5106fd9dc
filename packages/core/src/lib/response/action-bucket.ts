import { keepLast } from '../keep-last.ts'

const address = /^https?:\/\/(?:([a-z\d-]+-\d+)\.(?:cos|cos-internal|ci)\.|[^/]+\/([a-z\d-]+-\d+)\/?$)/

/** The bucket that an action names, in its host or, in path style, as its path; `null` for a custom domain. */
export const actionBucket: (action: string) => string | null = keepLast((action) => {
  const [, inHost, inPath] = address.exec(action) ?? []
  return inHost ?? inPath ?? null
})
