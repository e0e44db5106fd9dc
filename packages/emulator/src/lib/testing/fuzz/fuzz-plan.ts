import fc from 'fast-check'
import { mutatedFormProperty, mutatedPolicyProperty, randomPolicyProperty } from './fuzz-emulator.ts'
import { boundaryProperty, parserProperty } from './fuzz-parser.ts'

export interface FuzzTask {
  /** What holds for every case. */
  readonly name: string
  /** Of all cases, from 0 to 1. The shares add up to 1. */
  readonly share: number
  /** @throws {Error} with the smallest case that fails, and the seed that finds it again */
  readonly run: (cases: number, seed: number, onCase?: () => void) => Promise<void>
}

function task(name: string, share: number, property: fc.IProperty<unknown> | fc.IAsyncProperty<unknown>): FuzzTask {
  return {
    name,
    share,
    run: async (cases, seed, onCase = () => undefined) => {
      const counted: fc.IRawProperty<unknown> = Object.create(property, {
        run: {
          value: (...args: Parameters<typeof property.run>) => {
            onCase()
            return property.run(...args)
          },
        },
      })
      await fc.assert(counted, { numRuns: cases, seed })
    },
  }
}

/** What the long run (`npm run fuzz`) and the short one (in the tests) both do. */
export const fuzzPlan: readonly FuzzTask[] = [
  task('a body is read the same however it is cut, or refused as malformed', 0.5, parserProperty),
  task('a Content-Type gives a boundary that is allowed, or none', 0.1, boundaryProperty),
  task('what is stored of a form that was changed obeys its policy', 0.15, mutatedFormProperty),
  task('no mutant of a signed policy or of its signature is accepted', 0.15, mutatedPolicyProperty),
  task('a form is accepted exactly when every condition holds', 0.1, randomPolicyProperty),
]
