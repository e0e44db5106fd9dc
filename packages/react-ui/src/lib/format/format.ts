/** Numbers, sizes and lists in the words of one locale. */
export interface Format {
  readonly number: (value: number) => string
  /** 0.25 → `25%`. */
  readonly percent: (fraction: number) => string
  /** Bytes with their unit: `18.4 MB`. A kilobyte has 1,024 bytes here, as in COS's own console. */
  readonly bytes: (value: number) => string
  /** A limit, without needless digits: `20 MB`. */
  readonly limit: (value: number) => string
  /** Two sizes in the unit of the larger: `['11.9', '18.4 MB']`. */
  readonly bytesOf: (part: number, whole: number) => readonly [part: string, whole: string]
  /** `a, b and c`. */
  readonly list: (words: readonly string[]) => string
}

/** From bytes to terabytes. */
export type ByteUnits = readonly [string, string, string, string, string]

/** Enough digits to see it move, few enough to read: `812 KB`, `18.4 MB`, `412 MB`, `3.41 GB`. */
function digits(value: number, power: number): number {
  if (power < 2 || value >= 100) return 0
  return power === 2 || value >= 10 ? 1 : 2
}

const powerOf = (bytes: number): number => (bytes < 1024 ? 0 : Math.min(4, Math.floor(Math.log(bytes) / Math.log(1024))))

/** @param locale BCP 47, as `Intl` takes it. */
export function createFormat(locale: string, units: ByteUnits): Format {
  const plain = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const fixed = [0, 1, 2].map((count) => new Intl.NumberFormat(locale, { minimumFractionDigits: count, maximumFractionDigits: count }))
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, roundingMode: 'floor' })
  const list = new Intl.ListFormat(locale)
  const inUnit = (bytes: number, power: number, count: number): string => (fixed[count] ?? plain).format(bytes / 1024 ** power)
  // A no-break space: a size never leaves its unit on the next line.
  const withUnit = (text: string, power: number): string => `${text}\u00a0${units[power] ?? units[4]}`
  const bytesOf = (part: number, whole: number): readonly [string, string] => {
    const power = powerOf(whole)
    const count = digits(whole / 1024 ** power, power)
    return [inUnit(part, power, count), withUnit(inUnit(whole, power, count), power)]
  }
  return {
    number: (value) => plain.format(value),
    percent: (fraction) => percent.format(fraction),
    bytes: (value) => bytesOf(value, value)[1],
    limit: (value) => withUnit(short.format(value / 1024 ** powerOf(value)), powerOf(value)),
    bytesOf,
    list: (words) => list.format(words),
  }
}
