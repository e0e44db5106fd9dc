import { createServer } from 'node:http'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { listening } from './listening.ts'

describe('the policy endpoint in Express 5, behind express.json()', () => {
  describeAdapter(async () => listening(createServer((await import('./express.ts')).app)))
})
