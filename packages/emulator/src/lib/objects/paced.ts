import type { ByteSource } from '../exchange/cos-request.ts'
import { derivedBytes } from '../exchange/derived-bytes.ts'
import type { EmulatorClock } from '../exchange/emulator-clock.ts'
import { Throttle } from './throttle.ts'

// Ten pieces a second: slow enough to be cheap, quick enough for a progress bar.
const PIECES_PER_SECOND = 10

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* pacedPieces(
  chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  bytesPerSecond: () => number | null,
  clock: EmulatorClock,
): AsyncGenerator<Uint8Array, void, undefined> {
  let throttle: Throttle | null = null
  let paceOfThrottle: number | null = null
  for await (const chunk of chunks) {
    const pace = bytesPerSecond()
    if (pace === null) {
      yield chunk
      continue
    }
    if (throttle === null || pace !== paceOfThrottle) throttle = new Throttle(clock, pace * 8)
    paceOfThrottle = pace
    for (const piece of pieces(chunk, Math.max(1, Math.ceil(pace / PIECES_PER_SECOND)))) {
      const early = throttle.take(piece.length)
      if (early !== undefined) await early
      yield piece
    }
  }
}

/** The same bytes at a pace. @param bytesPerSecond asked before every chunk; `null`: as fast as they come */
export function paced(source: ByteSource | Uint8Array, bytesPerSecond: () => number | null, clock: EmulatorClock): ByteSource {
  return derivedBytes(source, (chunks) => pacedPieces(chunks, bytesPerSecond, clock))
}
