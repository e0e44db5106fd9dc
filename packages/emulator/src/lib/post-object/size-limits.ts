/** What the policy allows for the bytes of the file, both inclusive. */
export interface SizeLimits {
  readonly min: number
  readonly max: number
}

export const NO_LIMITS: SizeLimits = { min: 0, max: Number.MAX_SAFE_INTEGER }
