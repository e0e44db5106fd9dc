/** The store's mark on a key whose upload was confirmed: no form is signed for it again, or what the app has accepted could be replaced. */
export function closedName(bucket: string, key: string): string {
  return `closed:${bucket}/${key}`
}
