let count = 0
// Ids of an earlier page load may still be about, in a form or a log.
const page = Math.random().toString(36).slice(2)

/** A new id, of this page alone: `u3k9f0a-1`. Never derived from a file, so two equal files are two items. */
export function mintId(): string {
  return `u${page}-${++count}`
}
