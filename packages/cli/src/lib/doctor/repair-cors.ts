import { HEADERS_TO_EXPOSE } from '@cosdrop/protocol'
import { MOST_RULES, type CorsConfiguration, type CorsRule } from './cors-configuration.ts'
import { missingHeaders } from './missing-headers.ts'
import { matchCorsRule } from './match-cors-rule.ts'

/** What has to change for uploads from a page; nothing is ever taken out. */
export type CorsRepair =
  | { readonly kind: 'none' }
  /** The rule that answers the page exposes too little: these names are added to it. `index` from 0. */
  | { readonly kind: 'extend'; readonly index: number; readonly headers: readonly string[]; readonly configuration: CorsConfiguration }
  /** No rule answers the page: this one is added behind the others. */
  | { readonly kind: 'add'; readonly rule: CorsRule; readonly configuration: CorsConfiguration }
  /** The bucket has as many rules as COS takes. */
  | { readonly kind: 'full' }

/** The rule that a page of this origin needs. */
export function uploadRule(origin: string): CorsRule {
  return {
    id: null,
    origins: [origin],
    methods: ['POST'],
    allowedHeaders: ['*'],
    exposeHeaders: HEADERS_TO_EXPOSE,
    maxAgeSeconds: 600,
    others: [],
  }
}

/**
 * A rule of its own behind the one that matches would never be reached, so that one is extended; exposing a header to more pages than asked
 * for lets them read what they were sent anyway.
 */
export function repairCors({ rules, others }: CorsConfiguration, origin: string): CorsRepair {
  const index = matchCorsRule(rules, origin)
  const matched = rules[index]
  if (matched === undefined) {
    if (rules.length >= MOST_RULES) return { kind: 'full' }
    const rule = uploadRule(origin)
    return { kind: 'add', rule, configuration: { rules: [...rules, rule], others } }
  }
  const headers = missingHeaders(matched.exposeHeaders)
  if (headers.length === 0) return { kind: 'none' }
  const extended = { ...matched, exposeHeaders: [...matched.exposeHeaders, ...headers] }
  return { kind: 'extend', index, headers, configuration: { rules: rules.with(index, extended), others } }
}
