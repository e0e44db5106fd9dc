/** Percent-encoding of COS signatures: `encodeURIComponent` and `! ' ( ) *` besides; hex in upper case. Facts §3. */
export function camEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
