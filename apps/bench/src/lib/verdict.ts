/** The middle of the values; with an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? NaN, sorted[Math.floor(middle)] ?? NaN]
  return (low + high) / 2
}

/** Prints one line and remembers a missed limit in the exit code. */
export function verdict(what: string, figure: number, limit: { readonly atLeast: number } | { readonly atMost: number }, unit = ''): void {
  const kept = 'atLeast' in limit ? figure >= limit.atLeast : figure <= limit.atMost
  const asked = 'atLeast' in limit ? `at least ${limit.atLeast}` : `at most ${limit.atMost}`
  const digits = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 3
  console.log(`${kept ? '  ok    ' : '  MISSED'} ${what}: ${figure.toFixed(digits)}${unit} (${asked}${unit})`)
  if (!kept) process.exitCode = 1
}
