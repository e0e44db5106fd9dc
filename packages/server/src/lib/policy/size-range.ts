import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { invalidOption } from './invalid-option.ts'

/** Bytes of one file, both inclusive. */
export interface SizeRange {
  /** @default 0 */
  readonly min?: number | undefined
  readonly max: number
}

export function checkSizeRange({ min = 0, max }: SizeRange): { readonly min: number; readonly max: number } {
  const fail = (problem: string): never => {
    throw invalidOption('content-length-range', `The size range ${min} to ${max} cannot be used: ${problem}`)
  }
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min < 0) fail('both ends are whole numbers of bytes, not negative.')
  if (min > max) fail('the smaller one comes first.')
  if (max > MAX_OBJECT_BYTES) fail(`POST Object stores at most ${MAX_OBJECT_BYTES} bytes (5 GB).`)
  return { min, max }
}
