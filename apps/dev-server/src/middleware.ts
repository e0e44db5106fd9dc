import type { CrossOrigin } from '@cosdrop/server'
import { toNodeHandler } from '@cosdrop/server/node'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BUCKETS } from './buckets.ts'
import { createPolicyApi } from './policy-api.ts'
import { TROUBLES } from './troubles.ts'

export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** `/api/policy` (the endpoint that an app would have) and `/api/services` (what the playground wants to know of this server). */
export function createMiddleware(cosUrl: string, cors?: CrossOrigin): Middleware {
  const policy = createPolicyApi(cosUrl, cors)
  const services = { emulator: `${cosUrl}/`, bucket: BUCKETS.plain, troubles: TROUBLES.map(({ name, title }) => ({ name, title })) }
  return (request, response, next) => {
    const path = request.url?.split('?')[0]
    if (path === '/api/services') {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(services))
    } else if (path === '/api/policy') {
      const node = toNodeHandler(async (asked) => {
        const reply = await policy(asked)
        if (reply === null) response.destroy()
        return reply ?? new Response(null, { status: 500 })
      })
      node(request, response).catch((error: unknown) => {
        if (!response.destroyed) response.destroy(error instanceof Error ? error : undefined)
      })
    } else next()
  }
}
