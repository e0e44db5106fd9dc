/** How many uploads may run at a time, adapting to what storage bears. A plain value. */
export interface ConcurrencyLimit {
  readonly limit: number
  /** Successes since the limit last changed. */
  readonly successes: number
  /** When it was last halved, on the uploader's clock. */
  readonly halvedAt: number
}

export function startLimit(limit: number): ConcurrencyLimit {
  return { limit, successes: 0, halvedAt: Number.NEGATIVE_INFINITY }
}

/** Halves, once for all uploads that were under way together. @param startedAt when the refused upload started */
export function throttled(state: ConcurrencyLimit, startedAt: number, now: number): ConcurrencyLimit {
  if (startedAt < state.halvedAt) return state
  return { limit: Math.max(1, Math.floor(state.limit / 2)), successes: 0, halvedAt: now }
}

/** One more after as many successes as may run together, up to what the app allows. */
export function succeeded(state: ConcurrencyLimit, max: number): ConcurrencyLimit {
  if (state.limit >= max) return state
  const successes = state.successes + 1
  return successes < state.limit ? { ...state, successes } : { ...state, limit: state.limit + 1, successes: 0 }
}
