/** Milliseconds. A network that stands still ends no `import()` for minutes, and must not hold a file for that long. */
const patience = 30_000

/**
 * Makes a function that loads a part of the page with the first call, and again after that failed or took more than 30 s. The promise is kept:
 * browsers take a third of a millisecond for each `import()` of what they have long since loaded.
 */
export function lazily<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  return () =>
    (loading ??= new Promise<Part>((resolve, reject) => {
      const giveUp = (cause: unknown): void => {
        loading = null
        reject(cause)
      }
      const timer = setTimeout(giveUp, patience, new Error('Part of this page did not load in time'))
      load()
        .then(resolve, giveUp)
        .finally(() => clearTimeout(timer))
    }))
}
