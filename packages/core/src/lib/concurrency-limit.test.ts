import { expect, test } from 'vitest'
import { startLimit, succeeded, throttled } from './concurrency-limit.ts'

test('storage that asks to slow down is given half as many uploads, down to one', () => {
  let state = throttled(startLimit(6), 0, 100)
  expect(state.limit).toBe(3)
  state = throttled(state, 150, 200)
  expect(state.limit).toBe(1)
  expect(throttled(state, 300, 400).limit).toBe(1)
})

test('uploads that were refused together count once', () => {
  let state = throttled(startLimit(8), 0, 100)
  state = throttled(state, 10, 101)
  state = throttled(state, 99, 102)
  expect(state.limit).toBe(4)
})

test('it grows again by one after as many successes as run together, never over what the app allows', () => {
  let state = throttled(startLimit(4), 0, 1)
  state = succeeded(state, 4)
  expect(state.limit).toBe(2)
  state = succeeded(state, 4)
  expect(state.limit).toBe(3)
  for (let n = 0; n < 100; n += 1) state = succeeded(state, 4)
  expect(state.limit).toBe(4)
})
