import { MultipartError } from './multipart-error.ts'

export interface PartHeaders {
  /** The form field's name. */
  readonly name: string
  /** As sent: RFC 7578 and the HTML standard leave `%22`, `%0D` and `%0A` as they are. `null` when the part has none. */
  readonly filename: string | null
  readonly contentType: string | null
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const TOKEN = /[^\s;="\\]+/y

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new MultipartError('The headers of a part are not UTF-8.', { cause })
  }
}

/**
 * Reads `name="value"` from the opening quote. Browsers never escape with a backslash, older curl writes `\"` and `\\`: a quote after a
 * backslash ends the value when a `;` or the end follows it, else it belongs to the value.
 */
function quotedValue(text: string, from: number): { value: string; end: number } {
  let value = ''
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') return { value, end: at + 1 }
    if (character === '\\' && text.charAt(at + 1) === '"' && !/^"\s*(?:;|$)/.test(text.slice(at + 1, at + 65))) {
      value += '"'
      at++
    } else value += character
  }
  throw new MultipartError('A quoted value in Content-Disposition is never closed.')
}

function dispositionParameters(text: string): Map<string, string> {
  const [type = ''] = /^[^;]*/.exec(text) ?? []
  if (type.trim().toLowerCase() !== 'form-data') throw new MultipartError('Content-Disposition is not form-data.')
  const parameters = new Map<string, string>()
  let at = type.length
  while (at < text.length) {
    const [lead = '', name = ''] = /^\s*;\s*([^\s=;"]+)\s*=\s*/.exec(text.slice(at)) ?? []
    if (lead === '') {
      if (/^[\s;]*$/.test(text.slice(at))) break
      throw new MultipartError('Content-Disposition cannot be read.')
    }
    at += lead.length
    if (parameters.has(name.toLowerCase())) throw new MultipartError(`Content-Disposition gives ${name} twice.`)
    if (text.charAt(at) === '"') {
      const { value, end } = quotedValue(text, at + 1)
      parameters.set(name.toLowerCase(), value)
      at = end
    } else {
      TOKEN.lastIndex = at
      const value = TOKEN.exec(text)?.[0] ?? ''
      parameters.set(name.toLowerCase(), value)
      at += value.length
    }
  }
  return parameters
}

/** Reads the header block of a part, without its final empty line. @throws {MultipartError} */
export function parsePartHeaders(bytes: Uint8Array): PartHeaders {
  const headers = new Map<string, string>()
  for (const line of decode(bytes).split('\r\n')) {
    if (line === '') continue
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n\0]*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) throw new MultipartError('A header line of a part cannot be read.')
    const lower = name.toLowerCase()
    if (headers.has(lower)) throw new MultipartError(`A part gives the header ${name} twice.`)
    headers.set(lower, value.trimEnd())
  }
  const encoding = headers.get('content-transfer-encoding')
  if (encoding !== undefined && !/^(7bit|8bit|binary)$/i.test(encoding)) {
    throw new MultipartError(`Content-Transfer-Encoding ${encoding} is not allowed in forms (RFC 7578 §4.7).`)
  }
  const disposition = headers.get('content-disposition')
  if (disposition === undefined) throw new MultipartError('A part has no Content-Disposition.')
  const parameters = dispositionParameters(disposition)
  const name = parameters.get('name')
  if (name === undefined) throw new MultipartError('A part has no name.')
  return { name, filename: parameters.get('filename') ?? null, contentType: headers.get('content-type') ?? null }
}
