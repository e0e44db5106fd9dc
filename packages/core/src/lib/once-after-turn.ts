/** Makes a function that does the work once after this turn, however often it is called in it. */
export function onceAfterTurn(work: () => void): () => void {
  let due = false
  return () => {
    if (due) return
    due = true
    queueMicrotask(() => {
      due = false
      work()
    })
  }
}
