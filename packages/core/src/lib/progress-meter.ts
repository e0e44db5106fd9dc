/** Speed as a moving mean over time. A plain value: `measure` gives the next one. */
export interface ProgressMeter {
  readonly at: number
  readonly bytes: number
  /** Bytes per second; `null` until enough time has gone by. */
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
  // Nothing moved so far: that was the signing, or the way there, and says nothing of the speed.
  const speed = !meter.speed ? current : meter.speed + (current - meter.speed) * (1 - Math.exp(-step / memory))
  return { at, bytes, speed }
}
