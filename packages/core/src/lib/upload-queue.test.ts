import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createUploadQueue, type Outcome, type Place, type UploadQueue } from './upload-queue.ts'

interface Running {
  readonly job: Place
  readonly end: (outcome: Outcome) => Promise<void>
}

function createBench(max: () => number): { queue: UploadQueue<Place>; running: Running[]; started: string[] } {
  const running: Running[] = []
  const started: string[] = []
  const queue = createUploadQueue<Place>({
    max,
    pick: () => 0,
    run: (job) =>
      new Promise((resolve) => {
        started.push(job.id)
        const one: Running = {
          job,
          async end(outcome) {
            running.splice(running.indexOf(one), 1)
            resolve(outcome)
            await new Promise<void>((done) => setImmediate(done))
          },
        }
        running.push(one)
      }),
  })
  return { queue, running, started }
}

function place(rank: number, priority = 0): Place {
  return { id: `${rank}`, rank, priority }
}

function full(max: number): ReturnType<typeof createBench> {
  const bench = createBench(() => max)
  for (let rank = 0; rank < 500; rank += 1) bench.queue.push(place(rank))
  bench.queue.pump()
  return bench
}

describe('who is next', () => {
  test('the highest priority, then the lowest rank, whatever came and went meanwhile', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('push' as const), priority: fc.integer({ min: -1, max: 1 }) }),
      fc.record({ do: fc.constant('drop' as const), at: fc.nat(20) }),
      fc.record({ do: fc.constant('prefer' as const), at: fc.nat(20), priority: fc.integer({ min: -1, max: 1 }) }),
      fc.record({ do: fc.constant('again' as const), at: fc.nat(20) }),
      fc.constant({ do: 'look' as const }),
      fc.constant({ do: 'pump' as const }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const { queue, started } = createBench(() => Infinity)
        const line: Place[] = []
        const gone: Place[] = []
        const expected: string[] = []
        const inOrder = (): Place[] => line.toSorted((a, b) => b.priority - a.priority || a.rank - b.rank)
        for (const [rank, next] of steps.entries()) {
          if (next.do === 'push') {
            line.push(place(rank, next.priority))
            queue.push(line[line.length - 1]!)
          } else if (next.do === 'look') {
            expect(queue.upcoming(3)).toEqual(inOrder().slice(0, 3))
          } else if (next.do === 'again') {
            const [job] = gone.splice(next.at, 1)
            if (!job) continue
            line.push(job)
            queue.push(job)
          } else if (next.do === 'pump') {
            expected.push(...inOrder().map(({ id }) => id))
            line.length = 0
            queue.pump()
          } else {
            const job = line[next.at]
            if (!job) continue
            if (next.do === 'prefer') {
              job.priority = next.priority
              queue.sort()
            } else {
              gone.push(...line.splice(next.at, 1))
              queue.drop(job)
            }
          }
        }
        expect(started).toEqual(expected)
      }),
    )
  })
})

test('who comes while others wait is started after them', async () => {
  const { queue, running, started } = createBench(() => 1)
  for (const rank of [0, 1, 2]) queue.push(place(rank))
  queue.pump()
  queue.push(place(3))
  expect(queue.upcoming(9).map(({ id }) => id)).toEqual(['1', '2', '3'])
  for (let ends = 0; ends < 3; ends += 1) await running[0]!.end('success')
  expect(started).toEqual(['0', '1', '2', '3'])
})

test('who has gone is not among the next', () => {
  const { queue } = createBench(() => 1)
  const all = [place(0), place(1), place(2)]
  for (const one of all) queue.push(one)
  expect(queue.upcoming(2)).toEqual(all.slice(0, 2))
  queue.drop(all[0]!)
  expect(queue.upcoming(2)).toEqual(all.slice(1))
})

test('who has gone is not held for as long as nobody starts: pages keep a list open, and its files', () => {
  let line: readonly Place[] = []
  const queue = createUploadQueue<Place>({
    max: () => 1,
    pick(present) {
      line = present
      return -1
    },
    run: () => new Promise(() => {}),
  })
  queue.push(place(0))
  for (let rank = 1; rank <= 1_000; rank += 1) {
    const job = place(rank)
    queue.push(job)
    queue.pump()
    queue.drop(job)
  }
  expect(line.length).toBeLessThan(10)
})

describe('how many at a time', () => {
  test('storage that asks to slow down is given half as many uploads, down to one', async () => {
    const { running } = full(6)
    expect(running).toHaveLength(6)
    for (let left = 6; left > 0; left -= 1) await running[0]!.end('throttled')
    expect(running).toHaveLength(3)
    for (let left = 3; left > 0; left -= 1) await running[0]!.end('throttled')
    expect(running).toHaveLength(1)
    await running[0]!.end('throttled')
    expect(running).toHaveLength(1)
  })

  test('uploads that were refused together count once', async () => {
    const { running } = full(8)
    const together = [...running]
    for (const one of together) await one.end('throttled')
    expect(running).toHaveLength(4)
  })

  test('it grows again by one after as many successes as run together, never over what the app allows', async () => {
    const { running } = full(4)
    for (const one of running.slice()) await one.end('throttled')
    expect(running).toHaveLength(2)
    for (let done = 0; done < 2; done += 1) await running[0]!.end('success')
    expect(running).toHaveLength(3)
    for (let done = 0; done < 2; done += 1) await running[0]!.end('success')
    expect(running).toHaveLength(3)
    for (let done = 0; done < 50; done += 1) await running[0]!.end('success')
    expect(running).toHaveLength(4)
  })

  test('who is refused again has to earn all of its places anew', async () => {
    const { running } = full(8)
    for (const one of running.slice()) await one.end('throttled')
    for (let done = 0; done < 3; done += 1) await running[0]!.end('success')
    await running[0]!.end('throttled')
    await running[0]!.end('other')
    await running[0]!.end('other')
    expect(running).toHaveLength(2)
    await running[0]!.end('success')
    expect(running).toHaveLength(2)
  })

  test('of those that wait for a word and need no place, no more than as many again are stood in for', async () => {
    const { queue, running } = full(2)
    const ends: (() => void)[] = []
    const wait = (): Promise<void> => queue.aside(new Promise<void>((resolve) => ends.push(resolve)))
    const waits = [wait(), wait(), wait(), wait()]
    expect(running).toHaveLength(4)
    for (const end of ends) end()
    await Promise.all(waits)
    for (let done = 0; done < 4; done += 1) await running[0]!.end('other')
    expect(running).toHaveLength(2)
  })

  test.each([3e9, Number.MAX_SAFE_INTEGER, Infinity])('who sets no bound (%d) still has files sent after storage asked to slow down', async (max) => {
    const { queue, running } = createBench(() => max)
    for (const rank of [0, 1]) queue.push(place(rank))
    queue.pump()
    for (const one of running.slice()) await one.end('throttled')
    queue.push(place(2))
    queue.pump()
    expect(running).toHaveLength(1)
  })

  test('what the app allows may change while uploads run', async () => {
    let max = 2
    const { queue, running } = createBench(() => max)
    for (let rank = 0; rank < 50; rank += 1) queue.push(place(rank))
    queue.pump()
    max = 5
    queue.pump()
    expect(running).toHaveLength(5)
    max = 1
    for (let done = 0; done < 4; done += 1) await running[0]!.end('success')
    expect(running).toHaveLength(1)
  })

  test('storage that asks to slow down is heard also after the app has allowed more', async () => {
    let max = 2
    const { queue, running } = createBench(() => max)
    for (let rank = 0; rank < 50; rank += 1) queue.push(place(rank))
    max = 6
    queue.pump()
    for (const one of running.slice()) await one.end('throttled')
    expect(running).toHaveLength(3)
  })
})

test('who comes last is not a reason to sort all others anew', () => {
  let compared = 0
  const queue = createUploadQueue<Place>({ max: () => 0, pick: () => -1, run: () => new Promise(() => {}) })
  const add = (rank: number): void => {
    queue.push({
      id: `${rank}`,
      priority: 0,
      get rank() {
        compared += 1
        return rank
      },
    })
  }
  for (let rank = 0; rank < 10_000; rank += 1) add(rank)
  queue.upcoming(1)
  compared = 0
  for (let rank = 10_000; rank < 10_100; rank += 1) {
    add(rank)
    expect(queue.upcoming(1)).toHaveLength(1)
  }
  // Two files' ranks for each that came.
  expect(compared).toBeLessThanOrEqual(200)
})
