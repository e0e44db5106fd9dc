import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { multipartBoundary } from '../multipart/multipart-boundary.ts'
import { MultipartError } from '../multipart/multipart-error.ts'
import { MultipartParser, type MultipartEvent } from '../multipart/multipart-parser.ts'
import type { PartHeaders } from '../multipart/part-headers.ts'
import { FormFields } from './form-fields.ts'

/** Where the file's bytes go, once the form has been admitted. */
export interface FileSink {
  write(bytes: Uint8Array): Promise<unknown> | undefined
}

/** Called when the file part begins, with every field that counts. Throws to refuse before the file is read. */
export type AdmitForm = (fields: FormFields, filename: string | null) => Promise<FileSink>

// What follows the file is read for a second file, and for nothing else.
const MAX_BYTES_AFTER_FILE = 65_536

function malformed(problem: string, cause?: unknown): CosError {
  return new CosError('MalformedPOSTRequest', {
    bareResource: true,
    cause,
    explanation: {
      condition: 'The body is multipart/form-data (RFC 7578) with CRLF line ends and a closing boundary.',
      value: problem,
      fix: 'Let FormData or <form enctype="multipart/form-data"> write the body, and set no Content-Type by hand.',
    },
  })
}

function wrongNumberOfFiles(value: string): CosError {
  const fix = 'Send exactly one file, in a part named "file", as the last one.'
  return new CosError('IncorrectNumberOfFilesInPostRequest', {
    explanation: { condition: 'A form holds one file, in the field "file".', value, fix },
  })
}

/** Reads one form: fields, then the file, then the rest, of which nothing counts. */
class FormBody {
  readonly #admit: AdmitForm
  readonly #fields = new FormFields()
  #sink: FileSink | null = null
  #part: { readonly kind: 'field'; readonly name: string } | { readonly kind: 'file' | 'ignored' } = { kind: 'ignored' }
  #afterFile = 0

  constructor(admit: AdmitForm) {
    this.#admit = admit
  }

  get hasFile(): boolean {
    return this.#sink !== null
  }

  /** A promise only when there is something to wait for. */
  take(event: MultipartEvent): Promise<unknown> | undefined {
    switch (event.kind) {
      case 'part':
        return this.#begin(event.headers)
      case 'data':
        return this.#data(event.bytes)
      case 'part-end':
        if (this.#part.kind === 'field') this.#fields.end(this.#part.name)
        this.#part = { kind: 'ignored' }
        return undefined
      case 'end':
        return undefined
    }
  }

  #begin({ name, filename }: PartHeaders): Promise<void> | undefined {
    const isFile = name.toLowerCase() === 'file' || filename !== null
    if (isFile && this.#sink !== null) throw wrongNumberOfFiles(`a second file, in the part "${name}"`)
    if (isFile && name.toLowerCase() !== 'file') throw wrongNumberOfFiles(`a file in the part "${name}"`)
    if (isFile) return this.#beginFile(filename)
    if (this.#sink === null) {
      this.#fields.begin(name)
      this.#part = { kind: 'field', name }
    }
    return undefined
  }

  async #beginFile(filename: string | null): Promise<void> {
    this.#sink = await this.#admit(this.#fields, filename)
    this.#part = { kind: 'file' }
  }

  #data(bytes: Uint8Array): Promise<unknown> | undefined {
    if (this.#part.kind === 'file') return this.#sink?.write(bytes)
    if (this.#part.kind === 'field') this.#fields.add(bytes)
    else if ((this.#afterFile += bytes.length) > MAX_BYTES_AFTER_FILE)
      throw malformed(`more than ${MAX_BYTES_AFTER_FILE} bytes in fields after the file`)
    return undefined
  }
}

/** Streams the form through `admit` and its sink. Resolves when the whole body was read and was right. @throws {CosError} */
export async function readFormBody(exchange: Exchange, admit: AdmitForm): Promise<void> {
  const contentType = exchange.header('content-type')
  const boundary = multipartBoundary(contentType)
  if (boundary === null) throw malformed(`Content-Type: ${contentType ?? 'none'}`)
  const parser = new MultipartParser(boundary)
  const body = new FormBody(admit)
  try {
    for await (const chunk of exchange.receive()) {
      for (const event of parser.push(chunk)) {
        const pause = body.take(event)
        if (pause !== undefined) await pause
      }
    }
  } catch (error) {
    if (error instanceof MultipartError) throw malformed(error.message, error)
    throw error
  }
  if (!parser.done) throw malformed('the closing boundary is missing')
  if (!body.hasFile) throw wrongNumberOfFiles('no file')
}
