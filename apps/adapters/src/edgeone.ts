import { policyOf, type PolicyEnvironment } from './policy.ts'

/** EdgeOne Pages: `functions/policy.ts`. */
export const onRequest = ({ request, env }: { readonly request: Request; readonly env: PolicyEnvironment }): Promise<Response> =>
  policyOf(env)(request)
