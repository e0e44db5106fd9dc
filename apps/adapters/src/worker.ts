import { policyOf, type PolicyEnvironment } from './policy.ts'

// Cloudflare Workers hand the environment over with each request.
export default {
  fetch: (request: Request, env: PolicyEnvironment): Promise<Response> => policyOf(env)(request),
}
