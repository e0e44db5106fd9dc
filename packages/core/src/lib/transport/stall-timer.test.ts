import { expect, test } from 'vitest'
import type { Clock } from '../clock.ts'
import { createStallTimer } from './stall-timer.ts'

function manualClock(): Clock & { move: (ms: number) => void; timers: () => number } {
  let now = 0
  const pending = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      pending.add(timer)
      return () => pending.delete(timer)
    },
    timers: () => pending.size,
    move(ms) {
      now += ms
      for (const timer of pending) {
        if (timer.at > now) continue
        pending.delete(timer)
        timer.callback()
      }
    },
  }
}

function start(): { clock: ReturnType<typeof manualClock>; timer: ReturnType<typeof createStallTimer>; stalls: () => number } {
  const clock = manualClock()
  let stalls = 0
  return { clock, timer: createStallTimer(clock, () => void (stalls += 1)), stalls: () => stalls }
}

test('calls once after the silence, not before', () => {
  const { clock, timer, stalls } = start()
  timer.restart(100)
  clock.move(99)
  expect(stalls()).toBe(0)
  clock.move(1)
  expect(stalls()).toBe(1)
  clock.move(1000)
  expect(stalls()).toBe(1)
})

test('every sign of life starts the time anew, with one timer however many there are', () => {
  const { clock, timer, stalls } = start()
  for (let sign = 0; sign < 1000; sign++) {
    timer.restart(100)
    clock.move(60)
    expect(clock.timers()).toBe(1)
  }
  expect(stalls()).toBe(0)
  clock.move(40)
  expect(stalls()).toBe(1)
})

test('another phase has another limit, counted from its beginning', () => {
  const { clock, timer, stalls } = start()
  timer.restart(100)
  clock.move(90)
  timer.restart(500)
  clock.move(499)
  expect(stalls()).toBe(0)
  clock.move(1)
  expect(stalls()).toBe(1)
})

test('Infinity waits for ever, and stop leaves no timer behind', () => {
  const { clock, timer, stalls } = start()
  timer.restart(Infinity)
  expect(clock.timers()).toBe(0)
  timer.restart(100)
  timer.stop()
  expect(clock.timers()).toBe(0)
  clock.move(1000)
  expect(stalls()).toBe(0)
})
