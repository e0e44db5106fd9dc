/** An address for a text: a token may be in its query. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*/s, '')
}
