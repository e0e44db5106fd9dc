import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { servedByWorkerd } from './workerd.ts'

describe('the policy endpoint in the shape of an EdgeOne function', () => {
  describeAdapter((env) => servedByWorkerd('edgeone-on-workerd.ts', env))
})
