import { untilAborted } from '../abort.ts'

/**
 * Milliseconds for the browser to hand over what it keeps, which waits while another tab copies gigabytes. WebKit sometimes never opens a database again
 * of which a page was left in the middle of a write.
 */
const patience = 120_000

/** What the browser says, or a rejection when it says nothing for two minutes. @param ask gets a signal, aborted when nobody waits any more */
export function answered<Value>(ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const giveUp = new AbortController()
  const { signal } = giveUp
  const text = `The browser does not answer: what was kept (IndexedDB) could not be read in ${patience / 1_000} s. Another tab may be copying a large file. If none is, reload the page, or restart the browser.`
  // Not `afterStill`: shared with this part it would be one of its own, and each first upload would wait for 114 B more.
  const timer = setTimeout(() => giveUp.abort(new Error(text)), patience)
  return untilAborted(signal, ask(signal)).finally(() => clearTimeout(timer))
}
