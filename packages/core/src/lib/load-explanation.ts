/**
 * Loads what only a failure needs. On a network that fails, loading may fail too: then the short form must do, since a failure has to be told
 * in any case.
 */
export function loadExplanation<Value>(full: () => Promise<Value>, short: (cause: unknown) => Value): Promise<Value> {
  return full().catch(short)
}
