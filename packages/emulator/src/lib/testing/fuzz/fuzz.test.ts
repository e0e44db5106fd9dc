import { describe, expect, it } from 'vitest'
import { fuzzPlan } from './fuzz-plan.ts'

// The short run; `npm run fuzz` does a million, with another seed each time.
const CASES = 3000

describe('random and mutated forms', { timeout: 60_000 }, () => {
  it.each(fuzzPlan)('$name', async ({ share, run }) => {
    let ran = 0
    await run(CASES * share, 20_261_121, () => ran++)
    expect(ran).toBe(CASES * share)
  })
})
