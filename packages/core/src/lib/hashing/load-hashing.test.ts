import { expect, test, vi } from 'vitest'
import { loadHashing, releaseHashing } from './load-hashing.ts'

const part = vi.hoisted(() => ({ loaded: 0, released: 0 }))
vi.mock('./prove-file.ts', () => {
  part.loaded += 1
  return { releaseHashWorker: () => (part.released += 1) }
})

test('a list that hashed nothing loads nothing as it goes; one that did lets go of the worker', async () => {
  releaseHashing()
  await vi.dynamicImportSettled()
  expect(part).toEqual({ loaded: 0, released: 0 })
  await loadHashing()
  releaseHashing()
  await vi.waitFor(() => expect(part).toEqual({ loaded: 1, released: 1 }))
})
