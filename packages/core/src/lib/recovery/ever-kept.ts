const kept = new WeakMap<object, Set<string>>()

/**
 * Ids of all that an uploader has ever kept: they do not come back to its list, not even what was taken out while that was read.
 * @param jobs the uploader's own: they outlive each of its lives, as a list that is hidden and shown again has several
 */
export function everKept(jobs: object): Set<string> {
  const ids = kept.get(jobs) ?? new Set<string>()
  kept.set(jobs, ids)
  return ids
}
