/** The value of a field, by its name in lower case: COS reads names without regard to case. */
export function findField(fields: readonly (readonly [name: string, value: string])[], wanted: string): string | undefined {
  return fields.find((field) => field[0].toLowerCase() === wanted)?.[1]
}
