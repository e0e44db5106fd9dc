// As it was before a test put fake timers in its place.
const { setTimeout: afterTask } = globalThis

/** After what waits in the page. Not a timer: a page that nobody looks at calls those once a second, and later once a minute. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    // Jest's jsdom has none.
    if (typeof MessageChannel === 'undefined') return void afterTask(resolve)
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
