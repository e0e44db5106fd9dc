import { demoConfig } from '../config/demo-config.ts'
import type { BucketConfigInput, EmulatorConfigInput } from '../config/emulator-config.ts'
import { BUCKET } from './conformance-case.ts'

/** The demo's config with its bucket changed, and anything else besides. */
export function demoWith(bucket: Omit<BucketConfigInput, 'name'>, rest: EmulatorConfigInput = {}): EmulatorConfigInput {
  const [demo] = demoConfig.buckets
  return { ...rest, buckets: [{ ...demo, ...bucket, name: BUCKET }] }
}
