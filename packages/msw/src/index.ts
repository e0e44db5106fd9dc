export { cosHandlers, type CosHandlersOptions } from './lib/cos-handlers.ts'
export { policyHandlers, type PolicyHandlersOptions } from './lib/policy-handlers.ts'
