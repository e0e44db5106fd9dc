export function subscribeTo<Input extends readonly unknown[]>(all: Set<(...input: Input) => void>, listener: (...input: Input) => void): () => void {
  // A listener given twice is called twice, and each stop stops its own.
  const own = (...input: Input): void => listener(...input)
  all.add(own)
  return () => void all.delete(own)
}

/** Who listens anew as he is told (a hook, where the app renders at once) does not hear the same again, and so on without end. */
export function tell<Input extends readonly unknown[]>(all: ReadonlySet<(...input: Input) => void>, ...input: Input): void {
  Array.from(all).forEach((listener) => all.has(listener) && safely(() => listener(...input)))
}

/** An app's listener that throws is the app's to hear of; the queue goes on. */
function safely(call: () => void): void {
  try {
    call()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
