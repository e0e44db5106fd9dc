import { startLimit, succeeded, throttled } from './concurrency-limit.ts'

/** What the queue knows of an upload: its place. */
export interface Place {
  readonly id: string
  /** Higher goes first. */
  priority: number
  /** Among equals, lower goes first. */
  rank: number
}

export type Outcome = 'success' | 'throttled' | 'other'

/** Who is next, and how many at a time. */
export interface UploadQueue<Job extends Place> {
  readonly push: (job: Job) => void
  /** It waits no longer. A running one goes on. */
  readonly drop: (job: Job) => void
  /** Places have changed. */
  readonly sort: () => void
  /** The next that wait, in order. */
  readonly upcoming: (count: number) => readonly Job[]
  /** Starts what may start. */
  readonly pump: () => void
}

export function createUploadQueue<Job extends Place>(ports: {
  readonly max: () => number
  readonly held: () => boolean
  /** Never rejects. */
  readonly run: (job: Job) => Promise<Outcome>
}): UploadQueue<Job> {
  const { max, held, run } = ports
  /** Those who wait. `line` has them in order, and may still have some who went. */
  const waiting = new Set<Job>()
  let line: Job[] = []
  /** Those before it have left the line. */
  let head = 0
  let running = 0
  let state = startLimit(max())
  let allowed = max()

  const place = (job: Job): number => {
    let low = head
    let high = line.length
    // Most come last: look there first.
    const last = line[high - 1]
    if (last === undefined || high === head || inOrder(last, job) <= 0) return high
    while (low < high) {
      const middle = (low + high) >> 1
      const other = line[middle]
      if (other !== undefined && inOrder(other, job) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }

  const start = async (job: Job): Promise<void> => {
    running += 1
    const { round } = state
    const outcome = await run(job)
    running -= 1
    if (outcome === 'throttled') state = throttled(state, round)
    if (outcome === 'success') state = succeeded(state, allowed)
    pump()
  }

  const pump = (): void => {
    if (max() !== allowed) {
      allowed = max()
      state = { ...startLimit(allowed), round: state.round }
    }
    while (!held() && running < state.limit) {
      const job = line[head]
      if (job === undefined) break
      head += 1
      if (waiting.delete(job)) void start(job)
    }
    if (head > 256 && head * 2 > line.length) {
      line = line.slice(head)
      head = 0
    }
  }

  return {
    push(job) {
      if (waiting.has(job)) return
      waiting.add(job)
      line.splice(place(job), 0, job)
    },
    drop: (job) => void waiting.delete(job),
    sort() {
      line = [...waiting].sort(inOrder)
      head = 0
    },
    upcoming(count) {
      const next: Job[] = []
      for (let at = head; at < line.length && next.length < count; at += 1) {
        const job = line[at]
        if (job !== undefined && waiting.has(job)) next.push(job)
      }
      return next
    },
    pump,
  }
}

function inOrder(a: Place, b: Place): number {
  return b.priority - a.priority || a.rank - b.rank
}
