export function subscribeTo<Input extends readonly unknown[]>(all: Set<(...input: Input) => void>, listener: (...input: Input) => void): () => void {
  // A listener given twice is called twice, and each stop stops its own.
  const own = (...input: Input): void => listener(...input)
  all.add(own)
  return () => all.delete(own)
}

/**
 * Who listens anew as he is told (a hook, where the app renders at once) does not hear the same again, and so on without end. A listener that throws
 * is the app's to hear of; the queue goes on.
 */
export function tell<Input extends readonly unknown[]>(all: ReadonlySet<(...input: Input) => void>, ...input: Input): void {
  for (const listener of all.size ? Array.from(all) : [])
    try {
      if (all.has(listener)) listener(...input)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
}
