import process from 'node:process'
import { policyOf } from '../../../../src/policy.ts'

const policy = policyOf(process.env)
const handle = ({ request }: { readonly request: Request }): Promise<Response> => policy(request)

export { handle as GET, handle as OPTIONS, handle as POST }
