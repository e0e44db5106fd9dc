/** Speed as a moving mean over time. A plain value: `measure` gives the next one. */
export interface ProgressMeter {
  readonly at: number
  readonly bytes: number
  /** Bytes per second; `null` until something moves and where nothing does any more, and 0 until more does. */
  readonly speed: number | null
}

/** Milliseconds in which an old speed loses half of its weight, and more where it is looked at meanwhile. */
const memory = 4_000
/** Shorter steps say more of buffers than of the network. */
const shortestStep = 200

/**
 * @param meter as of the last look; `null` at the first one
 * @param bytes a count that only grows, such as the bytes sent so far
 * @param patience milliseconds. What stands still for longer has no speed: one that sinks puts the end off by days
 */
export function measure(meter: ProgressMeter | null, at: number, bytes: number, patience = 10_000): ProgressMeter {
  if (!meter) return { at, bytes, speed: null }
  const step = at - meter.at
  const moved = bytes > meter.bytes
  // What comes in pieces took the time since the last one.
  if (step < (moved ? shortestStep : patience)) return meter
  const current = ((bytes - meter.bytes) * 1_000) / step
  const old = meter.speed || current
  // What moves first fills the buffers on the way, and before that was the signing: neither says anything of the speed.
  return { at, bytes, speed: moved ? (meter.speed === null ? 0 : old + ((current - old) * step) / (step + memory)) : null }
}
