/** A test came to no answer, for `cause`, and could not be taken away: it may be in the bucket. */
export class ProbeLostError extends Error {
  override readonly name = 'ProbeLostError'
  readonly key: string

  constructor(key: string, cause: unknown) {
    super(`${key} may be in the bucket`, { cause })
    this.key = key
  }
}
