import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { listening } from './listening.ts'

describe('the policy endpoint in Fastify 5', () => {
  describeAdapter(async () => {
    const { app } = await import('./fastify.ts')
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { ...(await listening(app.server)), close: () => app.close() }
  })
})
