import { toNodeHandler } from '@cosdrop/server/node'
import fastify from 'fastify'
import { policyOf } from './policy.ts'

const policy = toNodeHandler(policyOf(process.env))

export const app = fastify()

// In a scope of its own, where Fastify leaves the body to the handler.
await app.register((scope, _options, done) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
  scope.all('/policy', async (request, reply) => {
    reply.hijack()
    await policy(request.raw, reply.raw)
  })
  done()
})
