import type { FieldRules } from '@cosdrop/server'

/** Fields of the command line, each at the value given. What COS does not know, the signer refuses with a sentence. */
export function fixedFields(pairs: readonly (readonly [name: string, value: string])[]): FieldRules {
  return Object.fromEntries(pairs.map(([name, fixed]) => [name, { fixed }]))
}
