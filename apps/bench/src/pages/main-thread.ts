/** What the page's main thread was busy with. */
export interface MainThreadReport {
  /** Milliseconds of the longest task, whoever caused it; 0 when none was over 50 ms (the platform names no shorter ones). */
  readonly longestTask: number
  /** Tasks over 50 ms. */
  readonly longTasks: number
  /** Milliseconds of the longest piece of script in a long frame, and the function that it was. */
  readonly longestScript: { readonly ms: number; readonly name: string }
}

/** https://w3c.github.io/long-animation-frames/#sec-PerformanceScriptTiming, which lib.dom does not have yet. */
interface ScriptTiming extends PerformanceEntry {
  readonly invoker: string
  readonly sourceFunctionName: string
}

function scriptsOf(frame: PerformanceEntry): readonly ScriptTiming[] {
  return 'scripts' in frame && Array.isArray(frame.scripts) ? frame.scripts : []
}

/** Watches from now on; the function that it returns stops and tells. */
export function watchMainThread(): () => MainThreadReport {
  const tasks: number[] = []
  const scripts: ScriptTiming[] = []
  const observers = [
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))),
    new PerformanceObserver((list) => scripts.push(...list.getEntries().flatMap(scriptsOf))),
  ]
  observers[0]?.observe({ type: 'longtask' })
  observers[1]?.observe({ type: 'long-animation-frame' })
  return () => {
    for (const observer of observers) observer.disconnect()
    const longest = scripts.reduce<ScriptTiming | null>((most, script) => (script.duration > (most?.duration ?? 0) ? script : most), null)
    return {
      longestTask: Math.max(0, ...tasks),
      longTasks: tasks.length,
      longestScript: { ms: longest?.duration ?? 0, name: longest === null ? '' : `${longest.invoker} ${longest.sourceFunctionName}` },
    }
  }
}
