import { formField } from './form-field.ts'

/** The values in a form that are to appear in no message: signatures and what they are made of, tokens, customer keys. */
export function formSecrets(fields: readonly (readonly [name: string, value: string])[]): string[] {
  return fields.flatMap(([name, value]) => (value && formField(name)?.secret ? [value] : []))
}
