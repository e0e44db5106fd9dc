import type { Environment } from './environment.ts'
import { policyOf } from './policy.ts'

// Cloudflare Workers hand the environment over with each request.
export default {
  fetch: (request: Request, env: Environment): Promise<Response> => policyOf(env)(request),
}
