import { createServer } from 'node:http'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { listening } from './listening.ts'

describe('the policy endpoint in Koa 3', () => {
  describeAdapter(async () => {
    const handle = (await import('./koa.ts')).app.callback()
    return listening(createServer((request, response) => void handle(request, response)))
  })
})
