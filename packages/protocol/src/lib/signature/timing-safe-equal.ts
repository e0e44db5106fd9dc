/** Compares two texts in a time that depends on the first one's length alone, not on where they differ. */
export function timingSafeEqual(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length
  for (let at = 0; at < expected.length; at++) difference |= expected.charCodeAt(at) ^ (given.charCodeAt(at) || 0)
  return difference === 0
}
