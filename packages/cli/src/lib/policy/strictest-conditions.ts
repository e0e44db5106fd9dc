import type { PolicyCondition } from '@cosdrop/protocol'

export type FieldCondition = Exclude<PolicyCondition, { readonly kind: 'content-length-range' }>

/** By the field's name in lower case. COS wants every condition to hold: beside an exact value no beginning counts, and of beginnings the longest. */
export function strictestConditions(conditions: readonly PolicyCondition[]): ReadonlyMap<string, FieldCondition> {
  const found = new Map<string, FieldCondition>()
  for (const condition of conditions) {
    if (condition.kind === 'content-length-range') continue
    const name = condition.field.toLowerCase()
    const other = found.get(name)
    if (condition.kind === 'eq' || other === undefined || (other.kind !== 'eq' && condition.value.length > other.value.length))
      found.set(name, condition)
  }
  return found
}

/** Bytes that all ranges admit, both inclusive; none when `min` is above `max`. */
export function admittedSizes(conditions: readonly PolicyCondition[]): { readonly min: number; readonly max: number } | null {
  const ranges = conditions.filter((condition) => condition.kind === 'content-length-range')
  if (ranges.length === 0) return null
  return { min: Math.max(...ranges.map(({ min }) => min)), max: Math.min(...ranges.map(({ max }) => max)) }
}
