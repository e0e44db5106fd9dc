/**
 * The store's mark on a key whose upload was confirmed: no form is signed for it again by a receipt from before, or what the app has accepted
 * could be replaced. The value is the end of the last receipt that is closed so, in seconds since 1970. Later ones are the app's: a key may be
 * its to give again, as for the next picture of a user.
 */
export function closedName(bucket: string, key: string): string {
  return `closed:${bucket}/${key}`
}
