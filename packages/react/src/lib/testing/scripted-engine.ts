import type { UploaderOptions } from '@cosdrop/core'
import {
  createManualClock,
  createScriptedPolicySource,
  createScriptedTransport,
  type ManualClock,
  type ScriptedTransport,
} from '@cosdrop/core/testing'

export interface ScriptedEngine {
  readonly options: UploaderOptions
  readonly clock: ManualClock
  readonly storage: ScriptedTransport
}

/** The real engine; time, the policy endpoint and storage are played by the test. */
export function createScriptedEngine(): ScriptedEngine {
  const clock = createManualClock()
  const storage = createScriptedTransport()
  const { source } = createScriptedPolicySource({ clock })
  return { clock, storage, options: { policy: source, transport: storage.transport, clock, integrity: 'off' } }
}
