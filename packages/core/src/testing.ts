export { createManualClock, type ManualClock } from './lib/testing/manual-clock.ts'
export { createScriptedPolicySource, type ScriptedPolicyOptions, type ScriptedPolicySource } from './lib/testing/scripted-policy-source.ts'
export { createScriptedTransport, type ScriptedRequest, type ScriptedTransport } from './lib/testing/scripted-transport.ts'
export { transportContract, type ContractBehaviour, type ContractCase, type TransportHarness } from './lib/testing/transport-contract.ts'
