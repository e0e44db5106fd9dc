import type { Page } from 'playwright'

/** The main thread's tasks while a trace ran, in milliseconds. */
export interface TaskTimes {
  readonly count: number
  /** Of the thread's own time: how long a task would take with a core to itself. */
  readonly longest: number
  /** By the clock on the wall: with whatever else the machine does in between. */
  readonly longestByWall: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly dur?: number
  /** Microseconds of the thread's own time. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

function readTrace(trace: Buffer): readonly TraceEvent[] {
  const { traceEvents }: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(trace.toString())
  return traceEvents
}

/** Traces what `work` makes the page do; there must be no other page. */
export async function traceTasks<Result>(page: Page, work: () => Promise<Result>): Promise<{ readonly result: Result; readonly tasks: TaskTimes }> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('The page has no browser.')
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  const result = await work()
  const events = readTrace(await browser.stopTracing())
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const main = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && main.has(`${pid} ${tid}`))
  if (tasks.length === 0) throw new Error('The trace has no task of the main thread.')
  const most = (of: (task: TraceEvent) => number | undefined): number => tasks.reduce((longest, task) => Math.max(longest, of(task) ?? 0), 0) / 1000
  return { result, tasks: { count: tasks.length, longest: most(({ tdur }) => tdur), longestByWall: most(({ dur }) => dur) } }
}
