/** Its callbacks run after this turn, as those of `queueMicrotask` do, but the engine calls them and not the browser, which takes longer. */
const soonest = Promise.resolve()

/** Makes a function that does the work once after this turn, however often it is called in it. */
export function onceAfterTurn(work: () => void): () => void {
  let due = false
  return () => {
    if (due) return
    due = true
    void soonest.then(() => {
      due = false
      work()
    })
  }
}
