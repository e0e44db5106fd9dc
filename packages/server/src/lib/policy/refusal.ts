import { CosServerError } from '../server-error.ts'
import { invalidOption } from './invalid-option.ts'

/**
 * The codes that the handlers answer by themselves; an app may use its own in `refusal`. Those of files are react-dropzone's where it has one.
 */
export type RefusalCode =
  | 'request-malformed'
  | 'request-too-large'
  | 'method-not-allowed'
  | 'origin-refused'
  | 'not-authorized'
  | 'rate-limited'
  | 'too-many-files'
  | 'total-too-large'
  | 'file-too-large'
  | 'file-too-small'
  | 'file-invalid-type'
  | 'file-name-invalid'
  | 'wish-refused'
  | 'redirect-refused'
  | 'receipt-invalid'
  | 'receipt-expired'
  | 'already-confirmed'
  | 'confirm-busy'
  | (string & {})

/**
 * Makes a refusal to throw from `authorize`, `key` or any other hook: code and message reach the person at the page.
 * @param status 400 to 599. @default 403
 * @throws {CosServerError} `rules-invalid`, which the page is not told, for another status
 */
export function refusal(
  code: RefusalCode,
  message: string,
  {
    status = 403,
    index = null,
    retryAfter = null,
  }: { readonly status?: number; readonly index?: number | null; readonly retryAfter?: number | null } = {},
): CosServerError<'refused'> {
  if (!(status >= 400 && status < 600)) throw invalidOption('status', `The status of a refusal cannot be ${status}.`)
  return new CosServerError('refused', message, { refusal: code, status, index, retryAfter })
}

/** A refusal of what this endpoint grants nobody. @param index the file that is meant */
export function badRequest(code: RefusalCode, message: string, index: number | null = null): CosServerError<'refused'> {
  return refusal(code, message, { status: 400, index })
}
