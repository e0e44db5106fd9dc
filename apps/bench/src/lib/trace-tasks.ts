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

/** Chromium writes one event a line. A trace of minutes is longer than any string may be, so it is read line by line. */
function* readTrace(trace: Buffer): Generator<TraceEvent, void, undefined> {
  for (let start = 0; start < trace.length;) {
    const found = trace.indexOf(10, start)
    const end = found < 0 ? trace.length : found
    const line = trace.toString('utf8', start, end)
    start = end + 1
    if (!line.includes('"RunTask"') && !line.includes('"thread_name"')) continue
    const event = /\{"args".*\}(?=,?\]?)/.exec(line)?.[0]
    if (event !== undefined) yield JSON.parse(event)
  }
}

/** Traces what `work` makes the page do; there must be no other page. */
export async function traceTasks<Result>(page: Page, work: () => Promise<Result>): Promise<{ readonly result: Result; readonly tasks: TaskTimes }> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('The page has no browser.')
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  const result = await work()
  const events = [...readTrace(await browser.stopTracing())]
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const main = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && main.has(`${pid} ${tid}`))
  if (tasks.length === 0) throw new Error('The trace has no task of the main thread.')
  const most = (of: (task: TraceEvent) => number | undefined): number => tasks.reduce((longest, task) => Math.max(longest, of(task) ?? 0), 0) / 1000
  return { result, tasks: { count: tasks.length, longest: most(({ tdur }) => tdur), longestByWall: most(({ dur }) => dur) } }
}
