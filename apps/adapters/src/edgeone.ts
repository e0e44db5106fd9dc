import type { Environment } from './environment.ts'
import { policyOf } from './policy.ts'

/** EdgeOne Pages: `functions/policy.ts`. */
export const onRequest = ({ request, env }: { readonly request: Request; readonly env: Environment }): Promise<Response> => policyOf(env)(request)
