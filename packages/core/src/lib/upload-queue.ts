/** What the queue knows of an upload: its place. */
export interface Place {
  readonly id: string
  /** Higher goes first. */
  priority: number
  /** Among equals, lower goes first. */
  rank: number
}

/** `throttled`: storage asks for less. */
export type Outcome = 'success' | 'throttled' | 'other'

/** Who is next, and how many at a time. */
export interface UploadQueue<Job extends Place> {
  readonly push: (job: Job) => void
  /** It waits no longer. A running one goes on. */
  readonly drop: (job: Job) => void
  readonly waits: (job: Job) => boolean
  /** Places have changed. */
  readonly sort: () => void
  /** The next that wait, in order. */
  readonly upcoming: (count: number) => readonly Job[]
  /** Starts what may start. */
  readonly pump: () => void
}

/**
 * How many run at a time adapts to what storage bears: half as many once for all that were refused together, one more after as many successes as
 * may run together, up to what the app allows.
 */
export function createUploadQueue<Job extends Place>(ports: {
  readonly max: () => number
  readonly held: () => boolean
  /** Never rejects. */
  readonly run: (job: Job) => Promise<Outcome>
}): UploadQueue<Job> {
  const { max, held, run } = ports
  const waiting = new Set<Job>()
  /** Those who wait, in order, the next one last, and maybe some who went; `null` until it is asked for. */
  let line: Job[] | null = null
  let running = 0
  let allowed = max()
  let limit = allowed
  let successes = 0
  /** How often the limit was halved: uploads that started in an earlier round say nothing of this one. */
  let round = 0

  const inLine = (): Job[] => (line ??= [...waiting].sort((a, b) => a.priority - b.priority || b.rank - a.rank))

  const adapt = (outcome: Outcome, started: number): void => {
    if (outcome === 'throttled' && started === round) {
      limit = Math.max(1, limit >> 1)
      round += 1
      successes = 0
    } else if (outcome === 'success' && limit < allowed && ++successes >= limit) {
      limit += 1
      successes = 0
    }
  }

  const start = async (job: Job): Promise<void> => {
    const started = round
    running += 1
    const outcome = await run(job)
    running -= 1
    adapt(outcome, started)
    pump()
  }

  const pump = (): void => {
    if (max() !== allowed) limit = allowed = max()
    while (running < limit && waiting.size > 0 && !held()) {
      const job = inLine().pop()
      if (job && waiting.delete(job)) void start(job)
    }
  }

  return {
    push(job) {
      waiting.add(job)
      line = null
    },
    drop: (job) => void waiting.delete(job),
    waits: (job) => waiting.has(job),
    sort() {
      line = null
    },
    upcoming(count) {
      const next: Job[] = []
      const all = inLine()
      for (let at = all.length; next.length < count && at-- > 0;) {
        const job = all[at]
        if (job && waiting.has(job)) next.push(job)
      }
      return next
    },
    pump,
  }
}
