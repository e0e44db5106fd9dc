import { CosServerError } from '../server-error.ts'

/** Options that cannot work, told while the server starts. @param field the option or form field to look at */
export function invalidOption(field: string, message: string): CosServerError<'rules-invalid'> {
  return new CosServerError('rules-invalid', message, { field })
}
