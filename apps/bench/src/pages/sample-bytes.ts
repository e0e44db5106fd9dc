/** What every file made in the page consists of. */
export function sampleBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 2_654_435_761) >>> 24)
}
