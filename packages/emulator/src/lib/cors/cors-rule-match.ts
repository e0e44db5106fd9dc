import type { CorsRule } from '../config/emulator-config.ts'

/** What a browser asks for, on a preflight or on the request itself. */
export interface CorsQuestion {
  readonly origin: string
  readonly method: string
  /** Lower case; empty on the request itself. */
  readonly headers: readonly string[]
}

/** What COS takes for an origin or a header of a rule: one `*` at most. */
export function isPattern(text: string): boolean {
  return text.split('*').length <= 2
}

/** `*` stands for any text. */
function matchesPattern(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*')
  if (after === undefined) return pattern === text
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
}

/** The first rule that allows it: COS looks no further (facts §6). */
export function matchCorsRule(rules: readonly CorsRule[], question: CorsQuestion): CorsRule | null {
  const allowed = (rule: CorsRule, header: string): boolean =>
    rule.allowedHeaders.some((pattern) => matchesPattern(pattern.toLowerCase(), header.toLowerCase()))
  return (
    rules.find(
      (rule) =>
        rule.allowedOrigins.some((pattern) => matchesPattern(pattern, question.origin)) &&
        rule.allowedMethods.some((method) => method === question.method) &&
        question.headers.every((header) => allowed(rule, header)),
    ) ?? null
  )
}
