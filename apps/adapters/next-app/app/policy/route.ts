import { policyOf } from '../../../src/policy.ts'

const policy = policyOf(process.env)

export { policy as GET, policy as OPTIONS, policy as POST }
