/** The config is not what `packages/emulator/README.md` describes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** Where: `buckets[0].cors[1].allowedMethods`. */
  readonly path: string

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`The config is wrong at ${path || 'its top'}: ${problem}`, options)
    this.path = path
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown, path: string): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (value === '') return 'empty'
  if (Array.isArray(value)) return 'a list'
  // Whatever stands among the credentials may be a secret in the wrong place.
  if (path.startsWith('credentials')) return `of type ${typeof value}`
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)}`
}

/** Reads one JSON object, property by property, and refuses what nobody asked for: a misspelt name is the most common mistake. */
export class ConfigReader {
  readonly #path: string
  readonly #value: Readonly<Record<string, unknown>>
  readonly #known = new Set<string>()

  constructor(path: string, value: unknown) {
    if (!isRecord(value)) throw new ConfigError(path, `it must be an object, and is ${kindOf(value, path)}.`)
    this.#path = path
    this.#value = value
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }

  has(name: string): boolean {
    this.#known.add(name)
    return this.#value[name] !== undefined
  }

  any(name: string): unknown {
    this.#known.add(name)
    return this.#value[name]
  }

  string(name: string, fallback?: string): string {
    const value = this.any(name) ?? fallback
    if (typeof value !== 'string' || value === '')
      throw new ConfigError(this.#at(name), `it must be a text, and is ${kindOf(value, this.#at(name))}.`)
    return value
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.any(name) ?? fallback
    if (typeof value !== 'boolean') throw new ConfigError(this.#at(name), `it must be true or false, and is ${kindOf(value, this.#at(name))}.`)
    return value
  }

  wholeNumber(name: string): number {
    const value = this.any(name)
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw new ConfigError(this.#at(name), `it must be a whole number, 0 or more, and is ${kindOf(value, this.#at(name))}.`)
    }
    return value
  }

  oneOf<const Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word {
    return this.#word(this.#at(name), this.any(name) ?? fallback, words)
  }

  words<const Word extends string>(name: string, words: readonly Word[]): readonly Word[] {
    return this.list(name, (value, path) => this.#word(path, value, words))
  }

  strings(name: string): readonly string[] {
    return this.list(name, (value, path) => {
      if (typeof value !== 'string' || value === '') throw new ConfigError(path, `it must be a text, and is ${kindOf(value, path)}.`)
      return value
    })
  }

  list<Item>(name: string, read: (value: unknown, path: string) => Item): readonly Item[] {
    const value = this.any(name) ?? []
    if (!Array.isArray(value)) throw new ConfigError(this.#at(name), `it must be a list, and is ${kindOf(value, this.#at(name))}.`)
    return value.map((item: unknown, index) => read(item, `${this.#at(name)}[${index}]`))
  }

  fail(name: string, problem: string): never {
    throw new ConfigError(this.#at(name), problem)
  }

  /** Call last. @throws {ConfigError} for a property that was never read */
  end(): void {
    for (const name of Object.keys(this.#value)) {
      if (!this.#known.has(name)) throw new ConfigError(this.#at(name), `there is no such setting. Known here: ${[...this.#known].join(', ')}.`)
    }
  }

  #word<const Word extends string>(path: string, value: unknown, words: readonly Word[]): Word {
    const word = words.find((candidate) => candidate === value)
    if (word === undefined) throw new ConfigError(path, `it must be one of ${words.join(', ')}, and is ${kindOf(value, path)}.`)
    return word
  }
}
