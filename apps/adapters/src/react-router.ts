import { policyOf } from './policy.ts'

const policy = policyOf(process.env)

/** A resource route: `app/routes/policy.ts`. Remix calls them the same. */
export const loader = ({ request }: { readonly request: Request }): Promise<Response> => policy(request)
export const action = loader
