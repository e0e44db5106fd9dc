import type { CorsRule } from '../config/emulator-config.ts'

/** Headers that both a preflight and the request itself get. Credentials only with a named origin (facts §6). */
export function corsHeaders(rule: CorsRule, origin: string): Readonly<Record<string, string>> {
  const any = rule.allowedOrigins.includes('*')
  return {
    'Access-Control-Allow-Origin': any ? '*' : origin,
    ...(!any && { 'Access-Control-Allow-Credentials': 'true' }),
    'Access-Control-Allow-Methods': rule.allowedMethods.join(','),
    ...(rule.exposeHeaders.length > 0 && { 'Access-Control-Expose-Headers': rule.exposeHeaders.join(',') }),
    ...(rule.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.maxAgeSeconds) }),
    // A cache must not give one origin what was meant for another.
    ...(!any && { Vary: 'Origin' }),
  }
}
