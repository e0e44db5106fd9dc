import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { listening } from './listening.ts'

describe('the policy endpoint in Hono', () => {
  describeAdapter(async () => {
    const handle = getRequestListener((await import('./hono.ts')).app.fetch)
    return listening(createServer((request, response) => void handle(request, response)))
  })
})
