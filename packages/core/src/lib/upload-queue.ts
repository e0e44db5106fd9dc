/** What the queue knows of an upload: its place. */
export interface Place {
  readonly id: string
  /** Higher goes first. */
  priority: number
  /** Among equals, lower goes first. */
  rank: number
}

/** `throttled`: storage asks for less. `trouble`: it failed as the next one may. */
export type Outcome = 'success' | 'throttled' | 'trouble' | 'other'

/** Who is next, and how many at a time. */
export interface UploadQueue<Job extends Place> {
  readonly push: (job: Job) => void
  /** It waits no longer; a running one goes on. Returns whether it has waited. */
  readonly drop: (job: Job) => boolean
  /** Places have changed. */
  readonly sort: () => void
  /** The next that wait, in order. */
  readonly upcoming: (count: number) => readonly Job[]
  /** A running one waits and needs no place meanwhile. */
  readonly aside: <Value>(wait: Promise<Value>) => Promise<Value>
  /** Starts what may start. */
  readonly pump: () => void
}

/**
 * How many run at a time adapts to what storage bears: half as many once for all that were refused together, one more after as many successes as
 * may run together, up to what the app allows.
 */
export function createUploadQueue<Job extends Place>({
  max,
  pick,
  run,
}: {
  readonly max: () => number
  /** Which of those in line is to start now, as an index. -1: nobody. */
  readonly pick: (line: readonly Job[]) => number
  /** Never rejects. */
  readonly run: (job: Job) => Promise<Outcome>
}): UploadQueue<Job> {
  const waiting = new Set<Job>()
  /** Those who wait, in order, and maybe some who went; `null` until it is asked for. */
  let line: Job[] | null = null
  let running = 0
  /** Of these need no place. */
  let away = 0
  let allowed = max()
  let limit = allowed
  let successes = 0
  /** How often the limit was halved: uploads that started in an earlier round say nothing of this one. */
  let round = 0

  const order = (a: Job, b: Job): number => b.priority - a.priority || a.rank - b.rank
  const inLine = (): Job[] => (line ??= [...waiting].sort(order))

  const start = (job: Job): void => {
    const started = round
    running += 1
    void run(job).then((outcome) => {
      running -= 1
      if (outcome === 'throttled' && started === round) {
        limit = limit >>> 1 || 1
        round += 1
        successes = 0
      } else if (outcome === 'success' && limit < allowed && ++successes >= limit) {
        limit += 1
        successes = 0
      }
      pump()
    })
  }

  const pump = (): void => {
    if (max() !== allowed) limit = allowed = max()
    // As many again for those that are away, not more: one trouble would take the whole queue, and after it all would go on at once.
    while (running - Math.min(away, limit) < limit && waiting.size) {
      const at = pick(inLine())
      if (at < 0) return
      // Nearly always the first, which `splice` takes longer for.
      const job = at ? inLine().splice(at, 1)[0] : inLine().shift()
      if (job && waiting.delete(job)) start(job)
    }
  }

  return {
    push(job) {
      waiting.add(job)
      // Most come last, and the others need not be sorted anew, unless most of these have gone.
      if (line && line.length < 2 * waiting.size && order(job, line.at(-1) ?? job) > 0) line.push(job)
      else line = null
    },
    drop: (job) => waiting.delete(job),
    sort() {
      line = null
    },
    upcoming(count) {
      const next: Job[] = []
      for (const job of inLine()) if (waiting.has(job) && next.push(job) >= count) break
      return next
    },
    aside(wait) {
      away += 1
      pump()
      return wait.finally(() => (away -= 1))
    },
    pump,
  }
}
