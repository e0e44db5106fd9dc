import { seededDraws } from './seeded-draws.ts'

const LARGEST = 2_000_000

export interface Sample {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * So many files of 1 B to 2 MB, each with its own bytes; a seed gives the same ones in Node and in a page. Sizes are spread over the
 * magnitudes, as files of real folders are, and the smallest and the largest are always among them.
 */
export function* sampleFiles(seed: number, count: number): Generator<Sample, void, undefined> {
  const draw = seededDraws(seed)
  const pool = Uint8Array.from({ length: 2 * LARGEST }, () => draw() * 256)
  for (let at = 0; at < count; at++) {
    const size = at === 0 ? 1 : at === 1 ? LARGEST : Math.max(1, Math.round(LARGEST ** draw()))
    const start = Math.floor(draw() * LARGEST)
    yield { name: `file-${String(at).padStart(4, '0')}.bin`, bytes: pool.slice(start, start + size) }
  }
}
