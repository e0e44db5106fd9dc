// @vitest-environment jsdom
import { CosUploadError, type Clock } from '@cosdrop/core'
import { createManualClock } from '@cosdrop/core/testing'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { CosUploader } from '../cos-uploader.tsx'
import { createStagedUploader } from '../testing/staged-uploader.ts'

afterEach(cleanup)

it('the time to the next try goes down to its end, though browsers end a timer a part of a millisecond early', async () => {
  const time = createManualClock()
  // They take whole milliseconds: https://html.spec.whatwg.org/#dom-settimeout
  const clock: Clock = { ...time, after: (ms, callback) => time.after(Math.trunc(ms), callback) }
  const error = new CosUploadError('stalled', 'Nothing was sent for 30 s.', { idleMs: 30_000, sent: 1 })
  const state = { status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: 3_000.7, error } as const
  render(<CosUploader uploader={createStagedUploader({ items: [{ name: 'a', size: 1000, state }] })} clock={clock} />)
  const pass = (ms: number): Promise<void> => act(() => time.advance(ms))
  const shown = (): string | null => screen.getByText(/try/u).textContent
  expect(shown()).toBe('Next try in 4 s')
  await pass(1)
  for (const words of ['Next try in 3 s', 'Next try in 2 s', 'Next try in 1 s', 'Waiting to try again']) {
    expect(shown()).toBe(words)
    await pass(999)
    await pass(1)
  }
})
