'use client'
import type { Clock } from '@cosdrop/core'
import { useEffect, useState } from 'react'

/** Whole seconds until a moment of `clock`, counted down by rerendering once a second. 0 without a moment, and after it. */
export function useCountdown(until: number | null, clock: Clock): number {
  const [tick, setTick] = useState(0)
  const rest = until === null ? 0 : Math.max(0, until - clock.now())
  const seconds = Math.ceil(rest / 1000)
  useEffect(() => {
    if (until === null || seconds === 0) return undefined
    const toNextSecond = Math.max(0, until - clock.now()) - (seconds - 1) * 1000
    return clock.after(Math.max(toNextSecond, 1), () => setTick((ticks) => ticks + 1))
    // Also after a tick that changed nothing: browsers end timers up to a millisecond early.
  }, [until, clock, seconds, tick])
  return seconds
}
