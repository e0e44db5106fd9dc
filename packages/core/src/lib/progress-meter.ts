/** Speed as a moving mean over time. A plain value: `measure` gives the next one. */
export interface ProgressMeter {
  readonly at: number
  readonly bytes: number
  /** Bytes per second; `null` until something moves, and 0 until more does. */
  readonly speed: number | null
}

/** Milliseconds in which an old speed loses 63 % of its weight. */
const memory = 3_000
/** Shorter steps say more of buffers than of the network. */
const shortestStep = 200

/**
 * @param meter as of the last look; `null` at the first one
 * @param bytes a count that only grows, such as the bytes sent so far
 */
export function measure(meter: ProgressMeter | null, at: number, bytes: number): ProgressMeter {
  if (!meter) return { at, bytes, speed: null }
  const step = at - meter.at
  if (step < shortestStep) return meter
  const current = Math.max(0, ((bytes - meter.bytes) * 1_000) / step)
  const { speed } = meter
  if (speed === 0 && !current) return meter
  // What moves first fills the buffers on the way, and before that was the signing: neither says anything of the speed.
  const next = speed === null ? (current ? 0 : null) : speed ? speed + (current - speed) * (1 - Math.exp(-step / memory)) : current
  return { at, bytes, speed: next }
}
