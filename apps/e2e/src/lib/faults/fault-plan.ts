import type { Fault, FaultEffect } from '@cosdrop/emulator'

const DAY = 86_400

/** Every way in which the emulator can make a request fail. */
const FAILURES: readonly FaultEffect[] = [
  // In the form's fields, and in the file.
  { kind: 'drop', afterBytes: 1000 },
  { kind: 'drop', afterBytes: 100_000 },
  { kind: 'reset', when: 'before-store' },
  { kind: 'reset', when: 'after-store' },
  { kind: 'slow-down' },
  { kind: 'slow-down', retryAfterSeconds: 1 },
  { kind: 'internal-error' },
  { kind: 'clock-skew', seconds: DAY },
  { kind: 'clock-skew', seconds: -DAY },
  { kind: 'truncated-reply', afterBytes: 10 },
]

/** And the ways in which it can make one harder without failing it. */
const HARDSHIPS: readonly FaultEffect[] = [
  { kind: 'delay', milliseconds: 50 },
  { kind: 'bandwidth', bytesPerSecond: 4_000_000 },
  { kind: 'hidden-headers', headers: ['ETag'] },
  { kind: 'hidden-headers', headers: ['x-cos-hash-crc64ecma', 'x-cos-version-id'] },
  { kind: 'no-cors-on-errors' },
]

const FAILING = 0.3

/** Faults under which 30 % of all uploads fail, in every way that the emulator knows, and 3 % meet each hardship. */
export function faultPlan(seed: number): readonly Fault[] {
  // Each fault draws for itself, so that all of them together leave 70 % alone.
  const each = 1 - (1 - FAILING) ** (1 / FAILURES.length)
  return [
    ...FAILURES.map((effect, at): Fault => ({ ...effect, method: 'POST', probability: each, seed: seed + at })),
    ...HARDSHIPS.map((effect, at): Fault => ({ ...effect, method: 'POST', probability: 0.03, seed: seed + 100 + at })),
  ]
}
