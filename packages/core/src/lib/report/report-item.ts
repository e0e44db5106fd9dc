import { isCosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import { isSecretName, redact, redactText, redactWords } from './redact.ts'

/** Plain JSON for a support ticket. */
export type ItemReport = Readonly<Record<string, unknown>>

/**
 * Everything that helps to find out what became of one item, and nothing that opens a door: no signature, policy, token or customer key, and
 * no URL with its query. The file's name and the object's key are in it. `JSON.stringify` it.
 */
export function reportItem(item: UploadItem): ItemReport {
  const { id, name, size, type, relativePath, priority, file: _file, ...state } = item
  const error = 'error' in state ? { error: reportError(state.error) } : {}
  const rest = Object.fromEntries(Object.entries(state).filter(([key]) => key !== 'error'))
  return {
    report: 'cosdrop-item/1',
    item: redact({ id, name, size, type, relativePath, priority }),
    state: { ...Object(redact(rest)), ...error },
  }
}

function reportError(error: AnyUploadError): unknown {
  const details: Readonly<Record<string, unknown>> = { ...error.details }
  // The values of a policy's condition can be a token or a customer key: they are then in the sentence too. Its kind alone is no secret.
  const secrets =
    typeof details['field'] === 'string' && isSecretName(details['field'])
      ? [details['expected'], details['actual'], details['condition']].filter((value) => value !== 'eq' && value !== 'starts-with')
      : []
  const hide = (text: string): string =>
    secrets.reduce<string>((rest, secret) => (typeof secret === 'string' && secret !== '' ? rest.replaceAll(secret, '[redacted]') : rest), text)
  const shown = Object.entries(details).map(([key, value]) => [key, secrets.includes(value) && value !== null ? '[redacted]' : value])
  return {
    code: error.code,
    message: redactText(hide(error.message)),
    details: redact(Object.fromEntries(shown)),
    ...(error.cause !== undefined && { cause: reportCause(error.cause, hide) }),
  }
}

function reportCause(cause: unknown, hide: (text: string) => string): unknown {
  if (isCosUploadError(cause)) return { name: cause.name, code: cause.code, message: redactText(hide(cause.message)) }
  if (cause instanceof Error) return { name: shownText(cause.name), message: redactWords(hide(shownText(cause.message))) }
  return redactWords(hide(shownText(cause)))
}

/** Apps throw anything, also what cannot become a text: an object without a prototype. */
function shownText(value: unknown): string {
  try {
    return String(value)
  } catch {
    return 'An error without words.'
  }
}
