import { childText, escapeXml, readXml } from './xml.ts'

/** The body of a COS error. https://cloud.tencent.com/document/product/436/7730 */
export interface CosErrorBody {
  readonly code: string
  readonly message: string
  /** Host and key: `examplebucket-1250000000.cos.ap-beijing.myqcloud.com/exampleobject`. */
  readonly resource: string
  readonly requestId: string
  readonly traceId: string
  /** Further elements, between Message and Resource: `StringToSign`, `FormatString`, `ServerTime` were seen (facts §5). */
  readonly extra?: Readonly<Record<string, string>>
}

const KNOWN = new Set(['Code', 'Message', 'Resource', 'RequestId', 'TraceId'])

/** The wire form to the byte: LF, one TAB, no newline at the end (facts §5; `vectors.json`, errorXml). */
export function writeErrorXml(error: CosErrorBody): string {
  const children = [
    ['Code', error.code],
    ['Message', error.message],
    ...Object.entries(error.extra ?? {}),
    ['Resource', error.resource],
    ['RequestId', error.requestId],
    ['TraceId', error.traceId],
  ] as const
  const lines = children.map(([name, value]) => `\t<${name}>${escapeXml(value ?? '')}</${name}>\n`)
  return `<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n${lines.join('')}</Error>`
}

/** Reads an error body; `null` when the text is not one. Children that are absent become empty texts. */
export function readErrorXml(text: string): CosErrorBody | null {
  const root = readXml(text)
  if (root?.name !== 'Error') return null
  const extra = Object.fromEntries(root.children.filter((child) => !KNOWN.has(child.name)).map((child) => [child.name, child.text]))
  const part = (name: string): string => childText(root, name) ?? ''
  return {
    code: part('Code'),
    message: part('Message'),
    resource: part('Resource'),
    requestId: part('RequestId'),
    traceId: part('TraceId'),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}
