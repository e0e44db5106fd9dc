import { escapeXml, readXml, type XmlElement } from '@cosdrop/protocol'

/** One rule of a bucket. PUT Bucket cors, https://cloud.tencent.com/document/product/436/8279 */
export interface CorsRule {
  readonly id: string | null
  /** Each may hold one `*`. */
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  readonly allowedHeaders: readonly string[]
  readonly exposeHeaders: readonly string[]
  /** Seconds that a browser may keep the answer to a preflight. */
  readonly maxAgeSeconds: number | null
  /** Elements that this version does not know; written back as they were. */
  readonly others: readonly XmlElement[]
}

export interface CorsConfiguration {
  /** COS takes the first that matches. */
  readonly rules: readonly CorsRule[]
  /** `ResponseVary` and whatever else stands beside the rules. */
  readonly others: readonly XmlElement[]
}

/** Rules that COS takes at most. */
export const MOST_RULES = 100

const KNOWN = new Set(['ID', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader', 'MaxAgeSeconds'])

function texts(element: XmlElement, name: string): readonly string[] {
  return element.children.filter((child) => child.name === name).map((child) => child.text)
}

function readRule(element: XmlElement): CorsRule {
  const [id] = texts(element, 'ID')
  const [maxAge] = texts(element, 'MaxAgeSeconds')
  return {
    id: id === undefined || id === '' ? null : id,
    origins: texts(element, 'AllowedOrigin'),
    methods: texts(element, 'AllowedMethod'),
    allowedHeaders: texts(element, 'AllowedHeader'),
    exposeHeaders: texts(element, 'ExposeHeader'),
    maxAgeSeconds: maxAge !== undefined && /^\d+$/.test(maxAge) ? Number(maxAge) : null,
    others: element.children.filter((child) => !KNOWN.has(child.name)),
  }
}

/** Reads the answer of GET Bucket cors; `null` when it is something else. */
export function readCorsXml(xml: string): CorsConfiguration | null {
  const root = readXml(xml)
  if (root?.name !== 'CORSConfiguration') return null
  const isRule = (child: XmlElement): boolean => child.name === 'CORSRule'
  return { rules: root.children.filter(isRule).map(readRule), others: root.children.filter((child) => !isRule(child)) }
}

function writeElement({ name, text, children }: XmlElement, indent: string): string {
  if (children.length === 0) return `${indent}<${name}>${escapeXml(text)}</${name}>\n`
  return `${indent}<${name}>\n${children.map((child) => writeElement(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

function ruleElement(rule: CorsRule): XmlElement {
  const leaf =
    (name: string) =>
    (text: string): XmlElement => ({ name, text, children: [] })
  return {
    name: 'CORSRule',
    text: '',
    children: [
      ...(rule.id === null ? [] : [leaf('ID')(rule.id)]),
      ...rule.origins.map(leaf('AllowedOrigin')),
      ...rule.methods.map(leaf('AllowedMethod')),
      ...rule.allowedHeaders.map(leaf('AllowedHeader')),
      ...rule.exposeHeaders.map(leaf('ExposeHeader')),
      ...(rule.maxAgeSeconds === null ? [] : [leaf('MaxAgeSeconds')(String(rule.maxAgeSeconds))]),
      ...rule.others,
    ],
  }
}

/** The body of PUT Bucket cors. */
export function writeCorsXml({ rules, others }: CorsConfiguration): string {
  return writeElement({ name: 'CORSConfiguration', text: '', children: [...rules.map(ruleElement), ...others] }, '')
}

/** The same for `putBucketCors` of Tencent's JavaScript and Node SDKs. */
export function corsJson({ rules, others }: CorsConfiguration): Readonly<Record<string, unknown>> {
  const vary = others.find((element) => element.name === 'ResponseVary')?.text
  return {
    CORSRules: rules.map((rule) => ({
      ...(rule.id !== null && { ID: rule.id }),
      AllowedOrigin: rule.origins,
      AllowedMethod: rule.methods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposeHeaders,
      ...(rule.maxAgeSeconds !== null && { MaxAgeSeconds: String(rule.maxAgeSeconds) }),
    })),
    ...(vary !== undefined && { ResponseVary: vary }),
  }
}
