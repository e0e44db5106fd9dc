import { expect, test, vi } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import { readSettings } from '../uploader-settings.ts'
import { createHttpPolicySource } from './http-policy-source.ts'
import { createPolicyDesk } from './policy-desk.ts'

vi.mock('./policy-failure.ts', () => {
  throw new Error('The network is gone.')
})

const request = { files: [{ name: 'a', type: '', size: 1 }] }
const { signal } = new AbortController()

test('when what tells failures apart cannot be loaded either, whoever waits is told the bare cause', async () => {
  const cause = new TypeError('Failed to fetch')
  const clock = createManualClock()
  const settings = readSettings({ policy: () => Promise.reject(cause) }, clock)
  const store = { getItem: () => undefined, speed: () => null }
  const desk = createPolicyDesk({ clock, settings: () => settings, store, upcoming: () => [], online: () => true })
  const item = { id: 'a', file: new Blob(['a']), name: 'a', size: 1, type: '', relativePath: null, priority: 0, status: 'queued' } as const
  await expect(desk.take(item, { signal, renew: false })).rejects.toBe(cause)
  expect(clock.pending()).toBe(0)
})

test('nor is an endpoint asked for ever that answers with something else', async () => {
  const clock = createManualClock()
  let asked = 0
  const settings = readSettings({ policy: async () => (++asked > 3 ? new Promise<never>(() => {}) : JSON.parse('{}')) }, clock)
  const store = { getItem: () => undefined, speed: () => null }
  const desk = createPolicyDesk({ clock, settings: () => settings, store, upcoming: () => [], online: () => true })
  const item = { id: 'a', file: new Blob(['a']), name: 'a', size: 1, type: '', relativePath: null, priority: 0, status: 'queued' } as const
  await expect(desk.take(item, { signal, renew: false })).rejects.toThrow('No policies came.')
  expect(asked).toBe(1)
})

test('who asks an endpoint directly is told which, and the bare cause', async () => {
  const cause = new TypeError('Failed to fetch')
  const source = createHttpPolicySource('/policy', { fetch: () => Promise.reject(cause) })
  await expect(source(request, { signal })).rejects.toMatchObject({ message: 'No policies from /policy', cause })
})
