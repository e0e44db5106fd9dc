import type { XmlElement } from '@cosdrop/protocol'
import type { CorsMethod, CorsRule } from '../config/emulator-config.ts'
import { isPattern } from '../cors/cors-rule-match.ts'
import { malformedXml } from './malformed-xml.ts'
import { childTexts, readDocument } from './read-document.ts'
import { writeDocument, type DocumentNode } from './write-document.ts'

/** A bucket's CORS configuration. */
export interface CorsDocument {
  readonly rules: readonly CorsRule[]
  /** `Vary: Origin` on every reply. SDKs carry it; no official page names it (facts §6). */
  readonly responseVary: boolean
}

const CORS_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'] as const satisfies readonly CorsMethod[]
const MAX_RULES = 100
const MAX_BYTES = 65_536

function readRule(element: XmlElement, index: number): CorsRule {
  const place = `CORSRule ${index + 1}`
  const allowedOrigins = childTexts(element, 'AllowedOrigin').filter((origin) => origin !== '')
  const allowedHeaders = childTexts(element, 'AllowedHeader').filter((name) => name !== '')
  const methods = childTexts(element, 'AllowedMethod')
  const exposeHeaders = childTexts(element, 'ExposeHeader').filter((name) => name !== '')
  const [maxAge = ''] = childTexts(element, 'MaxAgeSeconds')
  const [id = ''] = childTexts(element, 'ID')
  if (allowedOrigins.length === 0) throw malformedXml(`${place} has an AllowedOrigin.`, null, 'Name an origin, or * for every one.')
  const starred = [...allowedOrigins, ...allowedHeaders].find((text) => !isPattern(text))
  if (starred !== undefined) throw malformedXml(`${place}: AllowedOrigin and AllowedHeader hold one * at most.`, starred, 'Name them one by one.')
  const allowedMethods = CORS_METHODS.filter((method) => methods.includes(method))
  const strange = methods.find((method) => !CORS_METHODS.some((known) => known === method))
  if (strange !== undefined || allowedMethods.length === 0) {
    throw malformedXml(
      `${place}: AllowedMethod is one of ${CORS_METHODS.join(', ')}.`,
      strange ?? null,
      'Write the methods in upper case; OPTIONS is not one of them.',
    )
  }
  if (exposeHeaders.includes('*')) throw malformedXml(`${place}: ExposeHeader is not *.`, '*', 'Name the headers: ETag, x-cos-request-id and so on.')
  if (!/^\d{0,9}$/.test(maxAge)) {
    throw malformedXml(`${place}: MaxAgeSeconds is a whole number.`, maxAge, 'Write seconds as digits.')
  }
  return {
    ...(id !== '' && { id }),
    allowedOrigins,
    allowedMethods,
    allowedHeaders,
    exposeHeaders,
    ...(maxAge !== '' && { maxAgeSeconds: Number(maxAge) }),
  }
}

/** The body of PUT Bucket cors. https://cloud.tencent.com/document/product/436/8279 @throws {CosError} MalformedXML */
export function readCorsDocument(bytes: Uint8Array): CorsDocument {
  if (bytes.length > MAX_BYTES) throw malformedXml('A CORS configuration takes 64 KB at most.', `${bytes.length} bytes`, 'Merge rules.')
  const root = readDocument(bytes, ['CORSConfiguration'])
  const rules = root.children.filter((child) => child.name === 'CORSRule')
  if (rules.length === 0 || rules.length > MAX_RULES) {
    throw malformedXml(`A CORS configuration has 1 to ${MAX_RULES} rules.`, `${rules.length} rules`, 'To have no rules, use DELETE /?cors.')
  }
  return { rules: rules.map(readRule), responseVary: childTexts(root, 'ResponseVary')[0] === 'true' }
}

function ruleNode(rule: CorsRule): DocumentNode {
  const texts = (name: string, values: readonly string[]): readonly DocumentNode[] => values.map((value) => [name, value])
  return [
    'CORSRule',
    [
      rule.id === undefined ? null : ['ID', rule.id],
      ...texts('AllowedOrigin', rule.allowedOrigins),
      ...texts('AllowedMethod', rule.allowedMethods),
      ...texts('AllowedHeader', rule.allowedHeaders),
      ...texts('ExposeHeader', rule.exposeHeaders),
      rule.maxAgeSeconds === undefined ? null : ['MaxAgeSeconds', String(rule.maxAgeSeconds)],
    ],
  ]
}

export function writeCorsDocument({ rules, responseVary }: CorsDocument): string {
  return writeDocument(['CORSConfiguration', [...rules.map(ruleNode), responseVary ? ['ResponseVary', 'true'] : null]])
}
