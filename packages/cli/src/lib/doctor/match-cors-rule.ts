import type { CorsRule } from './cors-configuration.ts'

/** `*` stands for any text, once. */
function matchesPattern(pattern: string, text: string): boolean {
  const at = pattern.indexOf('*')
  if (at < 0) return pattern === text
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)]
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
}

/**
 * Where the rule stands that answers a page's upload; -1 when none does. The first one that allows origin and method counts, whatever
 * comes later. An upload sends no header of its own, so allowed headers play no part. https://cloud.tencent.com/document/product/436/8288
 */
export function matchCorsRule(rules: readonly CorsRule[], origin: string, method = 'POST'): number {
  return rules.findIndex((rule) => rule.origins.some((pattern) => matchesPattern(pattern, origin)) && rule.methods.includes(method))
}
