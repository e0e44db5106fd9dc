import { once } from 'node:events'
import { Readable } from 'node:stream'
import { expect, it, onTestFinished, vi } from 'vitest'
import { discardRest } from './discard-rest.ts'

const MEGABYTE = Buffer.alloc(1_048_576)

it('throws away no more than 64 MB of a body that has no end', async () => {
  let sent = 0
  const endless = new Readable({
    read() {
      sent += 1
      setImmediate(() => this.push(MEGABYTE))
    },
  })
  onTestFinished(() => void endless.destroy())
  await discardRest(endless)
  expect(sent).toBeGreaterThanOrEqual(65)
  expect(sent).toBeLessThan(70)
})

it('waits three seconds for a body that does not come, and leaves no timer behind one that has', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const silent = discardRest(new Readable({ read() {} }))
  await vi.advanceTimersByTimeAsync(2999)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  await silent
  await discardRest(Readable.from([]))
  expect(vi.getTimerCount()).toBe(0)
})

it('waits for nothing where the body has ended before, or its connection', async () => {
  const [ended, broken] = [Readable.from(['a'], { autoDestroy: false }), new Readable({ read() {} })]
  await ended.toArray()
  await once(broken.destroy(), 'close')
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  await Promise.all([discardRest(ended), discardRest(broken)])
  expect(vi.getTimerCount()).toBe(0)
})

it('reads on also where somebody has stopped the body, as body parsers do when it is too large', async () => {
  const stopped = Readable.from(['a']).pause()
  await discardRest(stopped)
  expect(stopped.readableEnded).toBe(true)
})
