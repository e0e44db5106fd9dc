import { withoutQuery } from './without-query.ts'

/** An address for a text, as `withoutQuery`, where there may also be a password before its host. */
export function shownAddress(url: string): string {
  return withoutQuery(url).replace(/\/\/[^/]*@/, '//')
}
