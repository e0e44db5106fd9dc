import { expect, test } from 'vitest'
import { startLimit, succeeded, throttled } from './concurrency-limit.ts'

test('storage that asks to slow down is given half as many uploads, down to one', () => {
  let state = throttled(startLimit(6), 0)
  expect(state.limit).toBe(3)
  state = throttled(state, 1)
  expect(state.limit).toBe(1)
  expect(throttled(state, 2).limit).toBe(1)
})

test('uploads that were refused together count once', () => {
  let state = startLimit(8)
  for (let refused = 0; refused < 8; refused += 1) state = throttled(state, 0)
  expect(state.limit).toBe(4)
})

test('it grows again by one after as many successes as run together, never over what the app allows', () => {
  let state = throttled(startLimit(4), 0)
  state = succeeded(state, 4)
  expect(state.limit).toBe(2)
  state = succeeded(state, 4)
  expect(state.limit).toBe(3)
  for (let n = 0; n < 100; n += 1) state = succeeded(state, 4)
  expect(state.limit).toBe(4)
})
