/**
 * The store's mark on a key whose upload was confirmed: no form is signed for it again, or what the app has accepted could be replaced. By the
 * receipt's end, for a key may be the app's to give again: the next picture of a user.
 */
export function closedName(bucket: string, key: string, expires: number): string {
  return `closed:${bucket}/${key}/${expires}`
}
