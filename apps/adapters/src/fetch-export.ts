import process from 'node:process'
import { policyOf } from './policy.ts'

export default { fetch: policyOf(process.env) }
