/**
 * Makes a function that loads a part of the page with the first call, and again after that failed. The promise is kept: browsers take a third
 * of a millisecond for each `import()` of what they have long since loaded.
 */
export function lazily<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  return () =>
    (loading ??= load().catch((cause: unknown) => {
      loading = null
      throw cause
    }))
}
