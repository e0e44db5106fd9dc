// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { usePolicyLimits } from './use-policy-limits.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** Endpoints that answer when the test says so. */
function endpoints() {
  const asked = new Map<string, { readonly signal: AbortSignal; readonly answer: (body: unknown) => void }>()
  const fetch = vi.fn<(url: string, init: { signal: AbortSignal }) => Promise<Response>>(
    (url, { signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        asked.set(url, { signal, answer: (body) => resolve(Response.json(body)) })
      }),
  )
  vi.stubGlobal('fetch', fetch)
  return { asked, fetch }
}
const upTo = (maxSize: number) => ({ limits: { maxSize } })

it('tells what the endpoint said, and of another endpoint nothing until that one has answered', async () => {
  const { asked } = endpoints()
  const { result, rerender } = renderHook(({ url }) => usePolicyLimits(url), { initialProps: { url: '/a' } })
  expect(result.current).toBeNull()
  asked.get('/a')?.answer(upTo(1))
  await waitFor(() => expect(result.current?.restrictions.maxSize).toBe(1))
  rerender({ url: '/b' })
  expect(result.current).toBeNull()
  asked.get('/b')?.answer(upTo(2))
  await waitFor(() => expect(result.current?.restrictions.maxSize).toBe(2))
})

it('is not told by an endpoint that was asked before and answers late', async () => {
  const { asked } = endpoints()
  const { result, rerender } = renderHook(({ url }) => usePolicyLimits(url), { initialProps: { url: '/a' } })
  rerender({ url: '/b' })
  asked.get('/b')?.answer(upTo(2))
  await waitFor(() => expect(result.current?.restrictions.maxSize).toBe(2))
  await act(async () => asked.get('/a')?.answer(upTo(1)))
  expect(result.current?.restrictions.maxSize).toBe(2)
})

it('asks nobody where the app signs by a function of its own, or says the limits itself', () => {
  const { fetch } = endpoints()
  const none = async () => ({ posts: [], serverTime: '' })
  expect(renderHook(() => usePolicyLimits(none as never)).result.current).toBeNull()
  expect(renderHook(() => usePolicyLimits('/a', false)).result.current).toBeNull()
  expect(fetch).not.toHaveBeenCalled()
})

it('says nothing more where it is turned off later', async () => {
  const { asked } = endpoints()
  const { result, rerender } = renderHook(({ on }) => usePolicyLimits('/a', on), { initialProps: { on: true } })
  asked.get('/a')?.answer(upTo(1))
  await waitFor(() => expect(result.current).not.toBeNull())
  rerender({ on: false })
  expect(result.current).toBeNull()
})

it('takes the question back when nobody is there any more to hear the answer', () => {
  const { asked } = endpoints()
  const { unmount } = renderHook(() => usePolicyLimits('/a'))
  expect(asked.get('/a')?.signal.aborted).toBe(false)
  unmount()
  expect(asked.get('/a')?.signal.aborted).toBe(true)
})
