import { childText, escapeXml, readXml } from './xml.ts'

/** The body that older editions document for a successful upload. Newer ones send none, so nothing may depend on it (facts 1.12). */
export interface PostResponse {
  readonly location: string
  readonly bucket: string
  readonly key: string
  readonly etag: string
}

/** `null` when the text is no PostResponse. Parts that are absent become empty texts. */
export function readPostResponse(text: string): PostResponse | null {
  const root = readXml(text)
  if (root?.name !== 'PostResponse') return null
  const part = (name: string): string => childText(root, name) ?? ''
  return { location: part('Location'), bucket: part('Bucket'), key: part('Key'), etag: part('ETag') }
}

export function writePostResponse({ location, bucket, key, etag }: PostResponse): string {
  const child = (name: string, value: string): string => `\t<${name}>${escapeXml(value)}</${name}>\n`
  const children = child('Location', location) + child('Bucket', bucket) + child('Key', key) + child('ETag', etag)
  return `<?xml version='1.0' encoding='utf-8' ?>\n<PostResponse>\n${children}</PostResponse>`
}
