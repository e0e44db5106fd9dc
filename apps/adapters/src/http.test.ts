import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { listening } from './listening.ts'

describe('the policy endpoint on node:http', () => {
  describeAdapter(async () => listening((await import('./http.ts')).server))
})
