import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { servedByWorkerd } from './workerd.ts'

describe('the policy endpoint as a Cloudflare Worker, in the runtime of Cloudflare', () => {
  describeAdapter((env) => servedByWorkerd('worker.ts', env))
})
