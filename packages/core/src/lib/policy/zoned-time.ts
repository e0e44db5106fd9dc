/** Milliseconds since 1970. `NaN` for what is no time, or has no zone: each browser would take it for a time of its own place. */
export function zonedTime(value: unknown): number {
  return typeof value === 'string' && /(Z|GMT|[+-]\d\d:?\d\d)$/i.test(value) ? Date.parse(value) : NaN
}
