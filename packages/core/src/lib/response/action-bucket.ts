import { keepLast } from '../keep-last.ts'

// With the APPID: a custom domain, or a proxy's path, may end in a small number.
const address = /^https?:\/\/(?:([a-z\d-]+-\d{8,})\.(?:cos|cos-internal|ci)\.|[^/]+\/([a-z\d-]+-\d{8,})\/?$)/

/** The bucket that an action names, in its host or, in path style, as its path; `null` for a custom domain. */
export const actionBucket: (action: string) => string | null = keepLast((action) => {
  const [, inHost, inPath] = address.exec(action) ?? []
  return inHost ?? inPath ?? null
})
