import type { Exchange } from '../exchange/exchange.ts'
import type { FormFields } from './form-fields.ts'

/** The security token of temporary keys: a form field, or a header of the POST. */
export function tokenOf(exchange: Exchange, fields: FormFields): string | null {
  return fields.get('x-cos-security-token') ?? exchange.header('x-cos-security-token')
}
