import { ConfigReader } from '../config/config-reader.ts'
import { ERROR_CODES } from '../errors/error-table.ts'
import type { Fault, FaultEffect, FaultTarget } from './fault.ts'

const KINDS = [
  'delay',
  'bandwidth',
  'drop',
  'reset',
  'slow-down',
  'internal-error',
  'error',
  'clock-skew',
  'hidden-headers',
  'no-cors-on-errors',
  'truncated-reply',
] as const satisfies readonly FaultEffect['kind'][]

function numberOf(read: ConfigReader, name: string, rule: string, fits: (value: number) => boolean): number {
  const value = read.any(name)
  if (typeof value === 'number' && fits(value)) return value
  return read.fail(name, `it must be ${rule}, and is ${JSON.stringify(value) ?? 'missing'}.`)
}

function positive(read: ConfigReader, name: string): number {
  return numberOf(read, name, 'a whole number, 1 or more', (value) => Number.isSafeInteger(value) && value >= 1)
}

// A timer of more rings at once.
const MAX_DELAY_MS = 2 ** 31 - 1

function isDelay(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_DELAY_MS
}

function readEffect(read: ConfigReader): FaultEffect {
  const kind = read.oneOf('kind', KINDS)
  switch (kind) {
    case 'delay':
      return { kind, milliseconds: numberOf(read, 'milliseconds', `a whole number from 0 to ${MAX_DELAY_MS}`, isDelay) }
    case 'bandwidth':
      return { kind, bytesPerSecond: positive(read, 'bytesPerSecond') }
    case 'drop':
    case 'truncated-reply':
      return { kind, afterBytes: read.wholeNumber('afterBytes') }
    case 'reset':
      return { kind, when: read.oneOf('when', ['before-store', 'after-store']) }
    case 'slow-down':
      return { kind, ...(read.has('retryAfterSeconds') && { retryAfterSeconds: read.wholeNumber('retryAfterSeconds') }) }
    case 'error':
      return { kind, code: read.oneOf('code', ERROR_CODES) }
    case 'clock-skew':
      return { kind, seconds: numberOf(read, 'seconds', 'a number, negative when the clock is behind', Number.isFinite) }
    case 'hidden-headers': {
      const headers = read.strings('headers')
      return headers.length > 0 ? { kind, headers } : read.fail('headers', 'name at least one header, such as ETag.')
    }
    case 'internal-error':
    case 'no-cors-on-errors':
      return { kind }
    default:
      return kind satisfies never
  }
}

/** What any call that the emulator knows is made by. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']

function readMethods(read: ConfigReader): Pick<FaultTarget, 'method'> {
  if (!read.has('method')) return {}
  const method = Array.isArray(read.any('method')) ? read.words('method', METHODS) : [read.oneOf('method', METHODS)]
  return method.length > 0 ? { method } : read.fail('method', 'name at least one method, such as POST.')
}

/** Checks a fault, wherever it came from: JavaScript has no types. @throws {ConfigError} with the place and what to write there */
export function parseFault(value: unknown, path: string): Fault {
  const read = new ConfigReader(path, value)
  const effect = readEffect(read)
  const target: FaultTarget = {
    ...readMethods(read),
    ...(read.has('bucket') && { bucket: read.string('bucket') }),
    ...(read.has('key') && { key: read.string('key') }),
    ...(read.has('times') && { times: positive(read, 'times') }),
    ...(read.has('probability') && { probability: numberOf(read, 'probability', 'a number from 0 to 1', (part) => part >= 0 && part <= 1) }),
    ...(read.has('seed') && { seed: read.wholeNumber('seed') }),
  }
  read.end()
  return { ...effect, ...target }
}
