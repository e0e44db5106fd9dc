/** How many uploads may run at a time, adapting to what storage bears. A plain value. */
export interface ConcurrencyLimit {
  readonly limit: number
  /** Successes since the limit last changed. */
  readonly successes: number
  /** How often it was halved: uploads that started in an earlier round say nothing of this one. */
  readonly round: number
}

export function startLimit(limit: number): ConcurrencyLimit {
  return { limit, successes: 0, round: 0 }
}

/** Halves, once for all uploads that were under way together. @param round when the refused upload started */
export function throttled(state: ConcurrencyLimit, round: number): ConcurrencyLimit {
  if (round !== state.round) return state
  return { limit: Math.max(1, Math.floor(state.limit / 2)), successes: 0, round: round + 1 }
}

/** One more after as many successes as may run together, up to what the app allows. */
export function succeeded(state: ConcurrencyLimit, max: number): ConcurrencyLimit {
  if (state.limit >= max) return state
  const successes = state.successes + 1
  return successes < state.limit ? { ...state, successes } : { ...state, limit: state.limit + 1, successes: 0 }
}
