/** So many bytes that a shift or a repetition would show, the same in Node and in a page. */
export function sampleBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at++) bytes[at] = Math.imul(at, 0x9e37_79b1) >>> 24
  return bytes
}
