import { HEADERS_TO_EXPOSE } from '@cosdrop/protocol'

/**
 * Those that the list of a rule, or of `Access-Control-Expose-Headers`, lacks. Names are compared without regard to case. A star stands for all, since
 * uploads carry no cookies: no COS says it, but a CDN before it may. https://fetch.spec.whatwg.org/#http-access-control-expose-headers
 */
export function missingHeaders(exposed: readonly string[]): readonly string[] {
  const known = new Set(exposed.map((name) => name.toLowerCase()))
  return known.has('*') ? [] : HEADERS_TO_EXPOSE.filter((name) => !known.has(name.toLowerCase()))
}
