import { HEADERS_TO_EXPOSE } from '@cosdrop/protocol'

/** Those that the list of a rule, or of `Access-Control-Expose-Headers`, lacks. Names are compared without regard to case. */
export function missingHeaders(exposed: readonly string[]): readonly string[] {
  const known = new Set(exposed.map((name) => name.toLowerCase()))
  return HEADERS_TO_EXPOSE.filter((name) => !known.has(name.toLowerCase()))
}
