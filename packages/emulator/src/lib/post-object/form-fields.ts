import { CosError } from '../errors/cos-error.ts'
import type { SettingSource } from '../objects/setting-source.ts'

// S3 caps the form at 20 KB and COS documents no cap. These hold every real form, long tokens included, and keep memory small.
const MAX_FIELDS = 100
const MAX_FIELD_BYTES = 65_536
const MAX_TOTAL_BYTES = 262_144

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function refused(condition: string, value: string | null, fix: string, cause?: unknown): CosError {
  return new CosError('MalformedPOSTRequest', { bareResource: true, cause, explanation: { condition, value, fix } })
}

/** The fields before the file, in their order. Grows piece by piece, within limits. */
export class FormFields implements SettingSource {
  readonly aclName = 'acl'
  readonly #fields: (readonly [name: string, value: string])[] = []
  #pieces: Uint8Array[] = []
  #fieldBytes = 0
  #totalBytes = 0

  begin(name: string): void {
    if (this.#fields.length === MAX_FIELDS) throw refused(`A form has ${MAX_FIELDS} fields at most.`, null, 'Send fewer fields.')
    if (this.get(name) !== null) {
      throw new CosError('InvalidArgument', {
        message: `${name} is given more than once`,
        explanation: {
          condition: 'Each field stands in the form once; names are compared without regard to case.',
          value: name,
          fix: 'Send it once.',
        },
      })
    }
    this.#fieldBytes = 0
  }

  add(bytes: Uint8Array): void {
    this.#fieldBytes += bytes.length
    this.#totalBytes += bytes.length
    if (this.#fieldBytes > MAX_FIELD_BYTES || this.#totalBytes > MAX_TOTAL_BYTES) {
      const condition = `A field takes ${MAX_FIELD_BYTES} bytes at most, and all fields ${MAX_TOTAL_BYTES}.`
      throw refused(
        condition,
        `${Math.max(this.#fieldBytes, this.#totalBytes)} bytes and more`,
        'Send large content as the file, in the part named "file".',
      )
    }
    this.#pieces.push(bytes)
  }

  end(name: string): void {
    const bytes = new Uint8Array(this.#fieldBytes)
    let at = 0
    for (const piece of this.#pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    this.#pieces = []
    try {
      this.#fields.push([name, decoder.decode(bytes)])
    } catch (cause) {
      throw refused(`The value of ${name} is UTF-8.`, null, 'Encode the form as UTF-8.', cause)
    }
  }

  get(name: string): string | null {
    const lower = name.toLowerCase()
    return this.#fields.find(([other]) => other.toLowerCase() === lower)?.[1] ?? null
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    return this.#fields
  }
}
